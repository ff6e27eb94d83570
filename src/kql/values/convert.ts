import type { Decimal } from 'decimal.js';
import { toBool, toDecimal, toInt, toLong, toReal } from './convert-number.ts';
import { datetimeOrNull, formatDatetime } from './datetime.ts';
import { type DynamicValue, TypedScalar } from './dynamic.ts';
import { formatJson, formatTypedScalar } from './json.ts';
import { parseDatetime } from './parse-datetime.ts';
import { formatReal } from './real.ts';
import { formatTimespan, parseTimespan } from './timespan.ts';
import type { ColumnType, Value } from './value.ts';

export { parseDecimal, parseLong, parseReal } from './convert-number.ts';

/** A value of one type as another, as the `to…()` functions convert; null where it cannot be. */
export function convertValue(value: Value, from: ColumnType, to: ColumnType): Value {
  if (value === null) return to === 'string' ? '' : null;
  if (from === to) return value;
  if (from === 'dynamic') return convertDynamic(value as DynamicValue, to);
  switch (to) {
    case 'string':
      return formatValue(value, from);
    case 'bool':
      return toBool(value, from);
    case 'int':
      return toInt(value, from);
    case 'long':
      return toLong(value, from);
    case 'real':
      return toReal(value, from);
    case 'decimal':
      return toDecimal(value, from);
    case 'datetime':
      return toDatetime(value, from);
    case 'timespan':
      return toTimespan(value, from);
    case 'guid':
      return from === 'string' ? parseGuid(value as string) : null;
    case 'dynamic':
      return toDynamic(value, from);
    default:
      return to satisfies never;
  }
}

/** A value as tostring() prints it; a null prints as the empty string. */
export function formatValue(value: Value, type: ColumnType): string {
  if (value === null) return '';
  switch (type) {
    case 'string':
    case 'guid':
      return value as string;
    case 'bool':
      return value === true ? 'True' : 'False';
    case 'int':
    case 'long':
      return String(value);
    case 'real':
      return formatReal(value as number);
    case 'decimal':
      return (value as Decimal).toFixed();
    case 'datetime':
      return formatDatetime(value as bigint);
    case 'timespan':
      return formatTimespan(value as bigint);
    case 'dynamic':
      return formatDynamic(value as DynamicValue);
    default:
      return type satisfies never;
  }
}

/** tostring() of a dynamic: a string without quotes, everything else as JSON. */
export function formatDynamic(value: DynamicValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (value instanceof TypedScalar) return formatTypedScalar(value);
  return formatJson(value);
}

function convertDynamic(value: DynamicValue, to: ColumnType): Value {
  if (to === 'string') return formatDynamic(value);
  if (typeof value === 'string') return convertValue(value, 'string', to);
  if (typeof value === 'boolean') return convertValue(value, 'bool', to);
  if (typeof value === 'bigint') return convertValue(value, 'long', to);
  if (typeof value === 'number') return convertValue(value, 'real', to);
  if (value instanceof TypedScalar) return convertValue(value.value, value.type, to);
  return null;
}

/** The type that a dynamic's scalar has on its own; undefined for arrays, bags and null. */
export function dynamicScalarType(value: DynamicValue): ColumnType | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return 'real';
  return value instanceof TypedScalar ? value.type : undefined;
}

export function toDynamic(value: Value, from: ColumnType): DynamicValue {
  switch (from) {
    case 'int':
      return value === null ? null : BigInt(value as number);
    case 'datetime':
    case 'timespan':
    case 'guid':
    case 'decimal':
      return value === null ? null : new TypedScalar(from, value as bigint | string | Decimal);
    default:
      return value as DynamicValue;
  }
}

function toDatetime(value: Value, from: ColumnType): bigint | null {
  if (from === 'string') return parseDatetime(value as string);
  return from === 'long' || from === 'int' ? datetimeOrNull(BigInt(value as number | bigint)) : null;
}

function toTimespan(value: Value, from: ColumnType): bigint | null {
  if (from === 'string') return parseTimespan(value as string);
  return from === 'long' || from === 'int' ? BigInt(value as number | bigint) : null;
}

export function parseGuid(text: string): string | null {
  const match = /^\s*[{(]?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})[})]?\s*$/i.exec(
    text,
  );
  return match === null ? null : match.slice(1).join('-').toLowerCase();
}

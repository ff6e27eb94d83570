import { Decimal } from 'decimal.js';
import { formatDatetime } from './datetime.ts';
import { type DynamicValue, TypedScalar } from './dynamic.ts';
import { longFromReal, MAX_LONG, MIN_LONG } from './int64.ts';
import { formatJson, formatTypedScalar } from './json.ts';
import { parseDatetime } from './parse-datetime.ts';
import { formatReal } from './real.ts';
import { formatTimespan, parseTimespan } from './timespan.ts';
import type { ColumnType, Value } from './value.ts';

/** KQL's decimal has 34 significant digits (IEEE 754 decimal128). */
Decimal.set({ precision: 34, toExpNeg: -40, toExpPos: 40 });

const MAX_INT = 2_147_483_647n;

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
      return toInt(toLong(value, from));
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

function toBool(value: Value, from: ColumnType): boolean | null {
  if (from === 'int' || from === 'real') return Number.isNaN(value) ? null : value !== 0;
  if (from === 'long') return value !== 0n;
  if (from === 'decimal') return !(value as Decimal).isZero();
  if (from !== 'string') return null;
  const text = (value as string).trim().toLowerCase();
  if (text === 'true') return true;
  if (text === 'false') return false;
  const whole = parseLong(text);
  return whole === null ? null : whole !== 0n;
}

const toInt = (value: bigint | null): number | null =>
  value === null || value > MAX_INT || value < -MAX_INT - 1n ? null : Number(value);

function toLong(value: Value, from: ColumnType): bigint | null {
  switch (from) {
    case 'int':
      return BigInt(value as number);
    case 'bool':
      return value === true ? 1n : 0n;
    case 'real':
      return longFromReal(value as number);
    case 'decimal':
      return longFromReal((value as Decimal).trunc().toNumber());
    case 'datetime':
    case 'timespan':
      return value as bigint;
    case 'string':
      return parseLong((value as string).trim());
    default:
      return null;
  }
}

/** Decimal or 0x-hexadecimal digits as a long; null where the text is something else or too large. */
export function parseLong(text: string): bigint | null {
  if (!/^[+-]?\d+$|^0x[0-9a-f]{1,16}$/i.test(text)) return null;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (/^0x/i.test(text)) return BigInt.asIntN(64, value);
  return value > MAX_LONG || value < MIN_LONG ? null : value;
}

function toReal(value: Value, from: ColumnType): number | null {
  if (from === 'string') return parseReal((value as string).trim());
  if (from === 'bool') return value === true ? 1 : 0;
  if (from === 'decimal') return (value as Decimal).toNumber();
  return from === 'guid' ? null : Number(value);
}

export function parseReal(text: string): number | null {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  const word = text.toLowerCase();
  if (word === 'nan') return Number.NaN;
  if (/^\+?(inf|infinity)$/.test(word)) return Number.POSITIVE_INFINITY;
  if (/^-(inf|infinity)$/.test(word)) return Number.NEGATIVE_INFINITY;
  return null;
}

function toDecimal(value: Value, from: ColumnType): Decimal | null {
  if (from === 'bool') return new Decimal(value === true ? 1 : 0);
  if (from === 'string') return parseDecimal((value as string).trim());
  if (from === 'real') return Number.isFinite(value) ? new Decimal(value as number) : null;
  return from === 'guid' ? null : new Decimal(String(value));
}

export const parseDecimal = (text: string): Decimal | null =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? new Decimal(text) : null;

function toDatetime(value: Value, from: ColumnType): bigint | null {
  if (from === 'string') return parseDatetime(value as string);
  return from === 'long' || from === 'int' ? BigInt(value as number | bigint) : null;
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

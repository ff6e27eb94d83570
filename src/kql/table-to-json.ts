import type { Decimal } from 'decimal.js';
import { valueReader } from './columns/column.ts';
import type { Table } from './run-query.ts';
import { formatDatetime } from './values/datetime.ts';
import { type DynamicValue, isArray, isBag } from './values/dynamic.ts';
import { formatTypedScalar } from './values/json.ts';
import { formatTimespan } from './values/timespan.ts';
import type { ColumnDefinition, ColumnType, Value } from './values/value.ts';

export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A table as plain JSON data: columns with their types, rows as arrays. */
export type JsonTable = {
  readonly columns: readonly ColumnDefinition[];
  readonly rows: readonly (readonly JsonValue[])[];
};

/**
 * The table as JSON data. A long is a number with all its digits (a bigint here beyond 2^53; write it with
 * `writeJson`); NaN and the infinities, decimals, guids, datetimes
 * (ISO 8601 with seven digits) and timespans (`[-][d.]hh:mm:ss[.fffffff]`) are strings; a dynamic is the JSON value itself.
 */
export function tableToJson(table: Table): JsonTable {
  const cells = table.columns.map(({ type }, index) => {
    const read = valueReader(table.rows.column(index));
    return (row: number) => jsonCell(read(row), type);
  });
  return {
    columns: table.columns,
    rows: Array.from({ length: table.rowCount }, (_, row) => cells.map((cell) => cell(row))),
  };
}

function jsonCell(value: Value, type: ColumnType): JsonValue {
  if (value === null) return null;
  switch (type) {
    case 'bool':
    case 'int':
    case 'string':
    case 'guid':
      return value as JsonValue;
    case 'long':
      return jsonWhole(value as bigint);
    case 'real':
      return jsonReal(value as number);
    case 'decimal':
      return (value as Decimal).toFixed();
    case 'datetime':
      return formatDatetime(value as bigint);
    case 'timespan':
      return formatTimespan(value as bigint);
    case 'dynamic':
      return jsonDynamic(value as DynamicValue);
    default:
      return type satisfies never;
  }
}

const jsonWhole = (value: bigint): JsonValue => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};

const jsonReal = (value: number): JsonValue => (Number.isFinite(value) ? value : String(value));

export function jsonDynamic(value: DynamicValue): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return jsonWhole(value);
  if (typeof value === 'number') return jsonReal(value);
  if (isArray(value)) return value.map(jsonDynamic);
  if (isBag(value)) return Object.fromEntries([...value].map(([key, item]) => [key, jsonDynamic(item)]));
  return formatTypedScalar(value);
}

/** JSON text; unlike JSON.stringify it writes whole numbers beyond 2^53 with all their digits. */
export function writeJson(value: JsonValue | JsonTable, indent = ''): string {
  return writeValue(value as JsonValue, indent, '');
}

function writeValue(value: JsonValue, indent: string, margin: string): string {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = margin + indent;
  const isList = Array.isArray(value);
  const parts = isList
    ? (value as readonly JsonValue[]).map((item) => writeValue(item, indent, inner))
    : Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}:${indent === '' ? '' : ' '}${writeValue(item, indent, inner)}`,
      );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  return indent === ''
    ? open + parts.join(',') + close
    : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

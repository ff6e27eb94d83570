import type { Column } from '../../kql/columns/column.ts';
import { columnOf } from '../../kql/columns/column-builder.ts';
import {
  Batch,
  type ColumnDefinition,
  type ColumnType,
  convertValue,
  parseDatetime,
  type Value,
} from '../../kql/index.ts';
import { dynamicFromPlain } from '../../kql/values/json.ts';
import type { JsonRow } from './scenario.ts';

/** What is wrong with the rows that a scenario gives. */
export type RowFault = { readonly message: string; readonly hint: string };

/**
 * The rows as a batch, or what is wrong with the first of them that cannot be: a column that the table does not have, or
 * a value that is not of the column's type. Columns left out are empty; those that no row has cost nothing.
 */
export function batchOfRows(rows: readonly JsonRow[], columns: readonly ColumnDefinition[]): Batch | RowFault {
  const given = new Set<string>();
  for (const row of rows) for (const name in row) given.add(name);
  const names = new Set(columns.map(({ name }) => name));
  const unknown = [...given].find((name) => !names.has(name));
  if (unknown !== undefined) {
    return { message: `the table has no column '${unknown}'`, hint: `its columns are ${[...names].sort().join(', ')}` };
  }
  const slots: (() => Column)[] = [];
  for (const { name, type } of columns) {
    const values = given.has(name) ? columnValues(rows, name, type) : undefined;
    if (values !== undefined && 'hint' in values) return values;
    slots.push(() => columnOf(type, values ?? new Array<Value>(rows.length).fill(null)));
  }
  return new Batch(columns, rows.length, slots);
}

function columnValues(rows: readonly JsonRow[], name: string, type: ColumnType): readonly Value[] | RowFault {
  const values: Value[] = [];
  for (const row of rows) {
    const value = cellOf(row[name] ?? null, type);
    if (value === undefined) {
      const message = `${name}: ${JSON.stringify(row[name])} is no ${type}`;
      return { message, hint: hints[type] ?? `write a value of the type ${type}` };
    }
    values.push(value);
  }
  return values;
}

const hints: Partial<Record<ColumnType, string>> = {
  datetime: 'write it as 2026-03-24T11:05:00Z',
  string: 'put the text into quotes',
  int: 'write a whole number',
  long: 'write a whole number',
};

/** Undefined where the value is not of the type. */
function cellOf(value: unknown, type: ColumnType): Value | undefined {
  if (value === null) return type === 'string' ? '' : null;
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
      return Number.isInteger(value) ? (value as number) : undefined;
    case 'long':
      return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
    case 'real':
      return typeof value === 'number' ? value : undefined;
    case 'datetime':
      return typeof value === 'string' ? (parseDatetime(value) ?? undefined) : undefined;
    case 'dynamic':
      return dynamicFromPlain(value);
    case 'timespan':
    case 'guid':
    case 'decimal':
      return typeof value === 'string' ? (convertValue(value, 'string', type) ?? undefined) : undefined;
    default:
      return type satisfies never;
  }
}

import { Decimal } from 'decimal.js';
import { formatValue } from '../kql/values/convert.ts';
import { unixMsFromTicks } from '../kql/values/datetime.ts';
import type { ColumnDefinition, ColumnType, Value } from '../kql/values/value.ts';
import { PreviewError } from './preview-error.ts';

/** What a query gives: cells are the engine's canonical values (see Value), in the order of the columns. */
export type QueryTable = {
  readonly columns: readonly ColumnDefinition[];
  readonly rows: readonly (readonly Value[])[];
};

/** A column as a page shows it: times in milliseconds since 1970, durations in milliseconds. */
export type DataColumn =
  | {
      readonly name: string;
      readonly kind: 'number' | 'time' | 'duration';
      readonly values: readonly (number | null)[];
    }
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly string[] };

export type NumericColumn = Exclude<DataColumn, { readonly kind: 'text' }>;

export type DataTable = { readonly columns: readonly DataColumn[]; readonly rowCount: number };

type NumericKind = NumericColumn['kind'];

const numericKinds: Readonly<Partial<Record<ColumnType, NumericKind>>> = {
  int: 'number',
  long: 'number',
  real: 'number',
  decimal: 'number',
  datetime: 'time',
  timespan: 'duration',
};

const TICKS_PER_MS = 10_000;

/**
 * A query's result by columns, with the types that a page knows.
 * @throws PreviewError `result-value` for a whole number beyond 2^53, which a chart would silently round
 */
export function readTable({ columns, rows }: QueryTable): DataTable {
  return {
    columns: columns.map((column, ordinal) => readColumn(column, rows, ordinal)),
    rowCount: rows.length,
  };
}

function readColumn({ name, type }: ColumnDefinition, rows: QueryTable['rows'], ordinal: number): DataColumn {
  const kind = numericKinds[type];
  if (kind === undefined) {
    return { name, kind: 'text', values: rows.map((row) => formatValue(row[ordinal] ?? null, type)) };
  }
  return { name, kind, values: rows.map((row) => readNumber(row[ordinal] ?? null, kind, name)) };
}

function readNumber(value: Value, kind: NumericKind, name: string): number | null {
  if (value === null) return null;
  if (kind === 'time' && typeof value === 'bigint') return unixMsFromTicks(value);
  if (kind === 'duration' && typeof value === 'bigint') return Number(value) / TICKS_PER_MS;
  const number = value instanceof Decimal || typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || (typeof value === 'bigint' && !Number.isSafeInteger(number))) {
    throw new PreviewError('result-value', `${String(value)} is no number that a page can show exactly`, {
      at: name,
      hint: 'Convert the column in the query: tostring() to show it, todouble() to draw it.',
    });
  }
  return number;
}

export function findColumn(table: DataTable, name: string): DataColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The cell as text that is not yet escaped; numbers and times as `formatCell` of the table would print them raw. */
export function cellText(column: DataColumn, row: number): string {
  const value = column.values[row];
  return value === null || value === undefined ? '' : String(value);
}

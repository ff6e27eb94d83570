import { type DuckDBConnection, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';
import type { Catalog } from '../src/kql/catalog.ts';
import { rowsOf } from '../src/kql/columns/batch.ts';
import { runQuery, type Table } from '../src/kql/run-query.ts';
import { parseDatetime } from '../src/kql/values/parse-datetime.ts';
import type { ColumnType, Value } from '../src/kql/values/value.ts';
import type { Cell, ResultRows } from './compare-results.ts';
import type { BenchQuery } from './read-queries.ts';

/** One of the two sides: runs a query to its end, and shows the last result. */
export type Engine = {
  readonly name: string;
  run(query: BenchQuery): Promise<() => ResultRows>;
};

/** The day after the last row: what now() says. */
const NOW = parseDatetime('2026-03-29') as bigint;

/** Parsing, planning and every column of the result are part of the run. */
export const kqlEngine = (catalog: Catalog): Engine => ({
  name: 'sentinel-api-pack',
  async run({ kql }) {
    const { table } = await runQuery(kql, catalog, { nowTicks: NOW });
    for (const index of table.columns.keys()) table.rows.column(index);
    return () => rowsOfTable(table);
  },
});

const UNIX_EPOCH_TICKS = parseDatetime('1970-01-01') as bigint;

function rowsOfTable(table: Table): ResultRows {
  const types = table.columns.map(({ type }) => type);
  const rows = rowsOf(table.rows).map((row) => row.map((value, index) => ourCell(value, types[index] as ColumnType)));
  return { columns: table.columns.map(({ name }) => name), rows };
}

function ourCell(value: Value, type: ColumnType): Cell {
  if (value === null) return null;
  if (type === 'datetime') return ((value as bigint) - UNIX_EPOCH_TICKS) / 10n;
  if (type === 'int') return BigInt(value as number);
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string') return value;
  throw new TypeError(`a result of the benchmark holds no ${type}`);
}

/** Parsing, planning and every chunk of the result are part of the run. */
export const duckDbEngine = (connection: DuckDBConnection): Engine => ({
  name: 'DuckDB',
  async run({ sql }) {
    const reader = await connection.runAndReadAll(sql);
    return () => ({ columns: reader.columnNames(), rows: reader.getRows().map((row) => row.map(theirCell)) });
  },
});

function theirCell(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'bigint' || typeof value === 'string') return value;
  // INTEGER comes as a number like DOUBLE; none of the queries has a DOUBLE that is always whole.
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (value instanceof DuckDBTimestampValue) return value.micros;
  throw new TypeError(`a result of the benchmark holds no ${typeof value}`);
}

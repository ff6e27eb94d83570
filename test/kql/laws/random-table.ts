import fc from 'fast-check';
import { Batch } from '../../../src/kql/columns/batch.ts';
import type { Column } from '../../../src/kql/columns/column.ts';
import { columnOf } from '../../../src/kql/columns/column-builder.ts';
import { prepareQuery, runPrepared } from '../../../src/kql/run-query.ts';
import { tableRows } from '../../../src/kql/table-rows.ts';
import type { ColumnDefinition, Value } from '../../../src/kql/values/value.ts';

export type Row = Readonly<Record<string, Value>>;

/** Few different values of each type, so that keys meet; null where the type has one. */
export const columns: readonly ColumnDefinition[] = [
  { name: 'Text', type: 'string' },
  { name: 'Whole', type: 'int' },
  { name: 'Long', type: 'long' },
  { name: 'Real', type: 'real' },
  { name: 'Time', type: 'datetime' },
  { name: 'Flag', type: 'bool' },
  { name: 'Bag', type: 'dynamic' },
];

const DAY = 864_000_000_000n;
const START = (638_000_000_000_000_000n / DAY) * DAY;

const cells: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  Text: fc.constantFrom('', 'a', 'A', 'b', 'GET /orders', 'get', 'é'),
  Whole: fc.constantFrom(null, 0, 1, 2, 200, 404, -1, 70_000),
  Long: fc.constantFrom(null, 0n, 1n, 5n, -7n, 10_000_000_000n, 9_007_199_254_740_993n),
  Real: fc.constantFrom(null, 0, 1.5, -2.25, 1000, Number.NaN, Number.POSITIVE_INFINITY),
  Time: fc.constantFrom(null, START, START + 1n, START + 9_000_000_000n, START + DAY, START - 400n * DAY),
  Flag: fc.constantFrom(null, true, false),
  Bag: fc.constantFrom(null, 'x', 1n, [1n, 'a'], new Map([['k', 'v']])),
};

/** Rows in which each column has the values above, in any order and number. */
export const rowsOf = (maxLength = 40): fc.Arbitrary<readonly Row[]> =>
  fc.array(fc.record(Object.fromEntries(columns.map(({ name }) => [name, cells[name] as fc.Arbitrary<Value>]))), {
    maxLength,
  });

/** The tables of a query by name. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

export type Runner = (tables: Tables, batchRows?: number) => Promise<Row[]>;

/** Plans a query over tables of these columns once, to be run over any rows. */
export function prepare(query: string, names: readonly string[] = ['T']): Runner {
  const catalogOf = (tables: Tables, batchRows: number | undefined) => ({
    tables: new Map(names.map((name) => [name, { columns, scan: () => batchesOf(tables[name] ?? [], batchRows) }])),
  });
  const prepared = prepareQuery(query, catalogOf({}, undefined));
  return async (tables, batchRows) => {
    const { table } = await runPrepared(prepared, catalogOf(tables, batchRows), {
      nowTicks: START,
      ...(batchRows === undefined ? {} : { batchRows }),
    });
    return tableRows(table);
  };
}

/** The rows in batches that share a dictionary for each column of text and dynamics, as those of one file do. */
function batchesOf(rows: readonly Row[], batchRows = 1000): readonly Batch[] {
  const whole = new Batch(
    columns,
    rows.length,
    columns.map(({ name, type }) =>
      encode(
        columnOf(
          type,
          rows.map((row) => row[name] as Value),
        ),
      ),
    ),
  );
  return Array.from({ length: Math.ceil(rows.length / batchRows) }, (_, at) =>
    whole.slice(at * batchRows, Math.min(rows.length, (at + 1) * batchRows)),
  );
}

function encode(column: Column): Column {
  if (column.kind !== 'pooled') return column;
  const values = [...new Map(column.values.map((value) => [show(value), value])).values()];
  const codeOf = new Map(values.map((value, code) => [show(value), code]));
  return { ...column, values, codes: Int32Array.from(column.values, (value) => codeOf.get(show(value)) as number) };
}

/** A text under which equal values meet, whatever their type. */
export function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${key}:${show(item)}`).join()}}`;
  if (Array.isArray(value)) return `[${value.map(show).join()}]`;
  return typeof value === 'string' ? JSON.stringify(value) : Object.is(value, -0) ? '0' : String(value);
}

export const showRow = (row: Row): string =>
  Object.entries(row)
    .map(([name, value]) => `${name}=${show(value)}`)
    .join(' ');

/** The rows as sorted texts, for results whose order does not count. */
export const asBag = (rows: readonly Row[]): readonly string[] => rows.map(showRow).sort();

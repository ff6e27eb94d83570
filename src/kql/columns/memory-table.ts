import { ARRIVAL_COLUMN, type TableSource, type TimeRange } from '../catalog.ts';
import { BATCH_ROWS, type Batch } from './batch.ts';
import { type Int64Column, NARROW_EPOCH_TICKS } from './column.ts';
import { gather } from './gather.ts';

/** A table whose rows are held as columns, in the order of its time column where it has one. */
export type MemoryTable = TableSource & {
  readonly rows: Batch;
  readonly timeColumn: string | undefined;
  /** The rows with ARRIVAL_COLUMN as a further last column, where it is known when they arrived. */
  readonly arrived: Batch | undefined;
};

/**
 * The table over a batch; rows are put in the order of `timeColumn`, nulls first, so that clipping is a binary search.
 * A last column that is ARRIVAL_COLUMN is hidden: ingestion_time() alone reads it.
 */
export function createMemoryTable(rows: Batch, timeColumn = 'TimeGenerated'): MemoryTable {
  const index = rows.columns.findIndex(({ name, type }) => name === timeColumn && type === 'datetime');
  const ordered = index < 0 ? rows : sortByTime(rows, rows.column(index) as Int64Column);
  return tableOver(ordered, index < 0 ? undefined : timeColumn);
}

function tableOver(all: Batch, timeColumn: string | undefined): MemoryTable {
  const hasArrival = all.columns.at(-1)?.name === ARRIVAL_COLUMN.name;
  const rows = hasArrival ? withoutLastColumn(all) : all;
  const table: MemoryTable = {
    columns: rows.columns,
    rows,
    timeColumn,
    arrived: hasArrival ? all : undefined,
    scan: (range) => batchesOf(inRange(table, range).rows),
    ...(hasArrival ? { scanWithArrival: (range) => batchesOf(inRange(table, range).arrived as Batch) } : {}),
  };
  return table;
}

function withoutLastColumn(batch: Batch): Batch {
  const columns = batch.columns.slice(0, -1);
  return batch.select(columns, [...columns.keys()]);
}

/** The table's rows, those outside the range left out where the range is one of the time column. */
function inRange(table: MemoryTable, range: TimeRange | undefined): MemoryTable {
  if (range === undefined || range.column !== table.timeColumn) return table;
  return clipTable(table, range.fromTicks, range.toTicks);
}

function* batchesOf(rows: Batch): Generator<Batch> {
  for (let from = 0; from < rows.rowCount; from += BATCH_ROWS)
    yield rows.slice(from, Math.min(from + BATCH_ROWS, rows.rowCount));
}

/** Ticks of a row's time; nulls as the smallest. */
function timeReader({ data, nulls }: Int64Column): (row: number) => bigint | number {
  const missing = data instanceof Float64Array ? Number.NEGATIVE_INFINITY : -(2n ** 63n);
  return (row) => (nulls?.[row] === 1 ? missing : (data[row] as number | bigint));
}

function sortByTime(rows: Batch, times: Int64Column): Batch {
  const read = timeReader(times);
  let sorted = true;
  for (let row = 1; row < rows.rowCount && sorted; row++) sorted = read(row - 1) <= read(row);
  if (sorted) return rows;
  const order = Int32Array.from({ length: rows.rowCount }, (_, row) => row);
  order.sort((a, b) => {
    const x = read(a);
    const y = read(b);
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  const ordered = rows.gather(order);
  // Batches compute columns when they are read; a table is read often, so it is laid out once.
  for (let index = 0; index < ordered.columns.length; index++) ordered.column(index);
  return ordered;
}

/**
 * The rows with `fromTicks` <= time < `toTicks`, without copying; a table without a time column is returned whole. By
 * `arrival` the time is that at which rows arrived, and rows are gathered; rows of which it is not known arrived when
 * they happened.
 */
export function clipTable(
  table: MemoryTable,
  fromTicks: bigint,
  toTicks: bigint,
  by: 'time' | 'arrival' = 'time',
): MemoryTable {
  if (by === 'arrival' && table.arrived !== undefined) return clipByArrival(table.arrived, table, fromTicks, toTicks);
  const index = table.columns.findIndex(({ name }) => name === table.timeColumn);
  if (table.timeColumn === undefined || index < 0) return table;
  const times = table.rows.column(index) as Int64Column;
  const from = firstAtOrAfter(times, fromTicks, table.rows.rowCount);
  const to = Math.max(from, firstAtOrAfter(times, toTicks, table.rows.rowCount));
  return tableOver((table.arrived ?? table.rows).slice(from, to), table.timeColumn);
}

/** Rows by the time of their arrival; made at a table's first clip by arrival, and kept as long as the table. */
const arrivalOrders = new WeakMap<MemoryTable, { readonly order: Int32Array; readonly times: Int64Column }>();

function clipByArrival(arrived: Batch, table: MemoryTable, fromTicks: bigint, toTicks: bigint): MemoryTable {
  let sorted = arrivalOrders.get(table);
  if (sorted === undefined) {
    const times = arrived.column(arrived.columns.length - 1) as Int64Column;
    const read = timeReader(times);
    const order = Int32Array.from({ length: arrived.rowCount }, (_, row) => row).sort((a, b) => {
      const x = read(a);
      const y = read(b);
      return x < y ? -1 : x > y ? 1 : a - b;
    });
    sorted = { order, times: gather(times, order) as Int64Column };
    arrivalOrders.set(table, sorted);
  }
  const from = firstAtOrAfter(sorted.times, fromTicks, arrived.rowCount);
  const to = Math.max(from, firstAtOrAfter(sorted.times, toTicks, arrived.rowCount));
  // In the order of the table again, which is that of its time column.
  return tableOver(arrived.gather(sorted.order.slice(from, to).sort()), table.timeColumn);
}

function firstAtOrAfter(times: Int64Column, ticks: bigint, rowCount: number): number {
  const read = timeReader(times);
  const target = times.data instanceof Float64Array ? Number(ticks - NARROW_EPOCH_TICKS) : ticks;
  let low = 0;
  let high = rowCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (read(middle) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first and last time in the table; undefined where it has no rows or no time column. */
export function timeRange(table: MemoryTable): { readonly fromTicks: bigint; readonly toTicks: bigint } | undefined {
  const index = table.columns.findIndex(({ name }) => name === table.timeColumn);
  if (index < 0 || table.rows.rowCount === 0) return undefined;
  const { data, nulls } = table.rows.column(index) as Int64Column;
  let first = 0;
  while (first < table.rows.rowCount && nulls?.[first] === 1) first++;
  if (first === table.rows.rowCount) return undefined;
  const ticksAt = (row: number): bigint =>
    data instanceof Float64Array ? BigInt(data[row] as number) + NARROW_EPOCH_TICKS : (data[row] as bigint);
  return { fromTicks: ticksAt(first), toTicks: ticksAt(table.rows.rowCount - 1) };
}

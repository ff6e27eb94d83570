import { ARRIVAL_COLUMN } from '../kql/catalog.ts';
import { valueReader } from '../kql/columns/column.ts';
import { columnOf } from '../kql/columns/column-builder.ts';
import {
  Batch,
  batchOf,
  type ColumnDefinition,
  clipTable,
  createMemoryTable,
  type MemoryTable,
  type TableSource,
  type Value,
} from '../kql/index.ts';
import type { QueryWindow, RaisedRow } from './query-engine.ts';

/** The part of a table that a run sees. */
export type VisibleTable = TableSource & { readonly rowCount: number };

/** A table as runs see it, prepared once for all of them. */
export type LogTable = {
  readonly table: MemoryTable;
  /** What a run sees of the logs, and of the rows that the replay raised. */
  readonly visibleIn: (window: QueryWindow, raised: readonly RaisedRow[]) => VisibleTable;
};

const LAST_TICKS = 2n ** 63n - 1n;

/**
 * A table whose rows arrive when they are generated, or at times of their own. A scheduled rule sees the rows generated
 * in its window that have arrived when it is executed; an NRT rule the rows that arrived in its window. A table without
 * a time column (a watchlist) is seen whole, as in the service.
 */
export function logTable(table: MemoryTable): LogTable {
  const arrived = table.arrived === undefined || table.timeColumn === undefined ? undefined : arrivedRows(table);
  return {
    table,
    visibleIn(window, raised) {
      const { fromTicks, toTicks } = window;
      const parts = arrived === undefined ? [clipTable(table, fromTicks, toTicks)] : arrived(window);
      const added = raisedIn(window, raised);
      return tableOfParts(table, added.length === 0 ? parts : [...parts, tableOf(table, added)]);
    },
  };
}

/** Tables that the look-back of a rule does not cut: rules see the watchlists of a workspace whole. */
export const uncutTables: ReadonlySet<string> = new Set(['Watchlist']);

/** A table that every run sees whole, whatever its rows say of their time. */
export function wholeTable(table: MemoryTable): LogTable {
  const visible = tableOfParts(table, [table]);
  return { table, visibleIn: () => visible };
}

/** A table of parts, read one after the other; rows of a table are in no order that a query may rely on. */
function tableOfParts({ columns, arrived }: MemoryTable, parts: readonly MemoryTable[]): VisibleTable {
  const rowCount = parts.reduce((sum, { rows }) => sum + rows.rowCount, 0);
  const scan: TableSource['scan'] = async function* (range) {
    for (const part of parts) yield* part.scan(range);
  };
  if (arrived === undefined) return { columns, rowCount, scan };
  return {
    columns,
    rowCount,
    scan,
    async *scanWithArrival(range) {
      for (const part of parts) yield* part.scanWithArrival?.(range) ?? [];
    },
  };
}

function arrivedRows(table: MemoryTable): (window: QueryWindow) => readonly MemoryTable[] {
  const rows = table.arrived ?? table.rows;
  const arrivalOf = valueReader(rows.column(rows.columns.length - 1));
  /** The first row at or after a time; rows without a time stand before all others. */
  const rowAt = (ticks: bigint): number => rows.rowCount - clipTable(table, ticks, LAST_TICKS).rows.rowCount;
  let longest: bigint | undefined;
  return ({ by, fromTicks, toTicks, executedTicks, longestDelayTicks }) => {
    if (by === 'ingestion_time') {
      return [withoutOld(clipTable(table, fromTicks, toTicks, 'arrival'), longestDelayTicks)];
    }
    longest ??= longestDelayOf(table);
    // Only the last rows of a window can still be on their way; the others are handed on without a copy.
    const certainTicks = executedTicks - longest;
    const headTicks = certainTicks < fromTicks ? fromTicks : certainTicks > toTicks ? toTicks : certainTicks;
    const [first, last] = [rowAt(headTicks), rowAt(toTicks)];
    const there: number[] = [];
    for (let row = first; row < last; row++) {
      const ticks = arrivalOf(row) as bigint | null;
      if (ticks === null || ticks <= executedTicks) there.push(row);
    }
    return [
      clipTable(table, fromTicks, headTicks),
      createMemoryTable(rows.gather(Int32Array.from(there)), table.timeColumn),
    ];
  };
}

/** The rows that took less than so long from their generation to their arrival. */
function withoutOld(table: MemoryTable, limitTicks: bigint | undefined): MemoryTable {
  if (limitTicks === undefined) return table;
  const delayOf = delayReader(table);
  const kept: number[] = [];
  for (let row = 0; row < table.rows.rowCount; row++) if (delayOf(row) < limitTicks) kept.push(row);
  if (kept.length === table.rows.rowCount) return table;
  return createMemoryTable((table.arrived ?? table.rows).gather(Int32Array.from(kept)), table.timeColumn);
}

/** From generation to arrival of the latest row, 0 where none is late. */
function longestDelayOf(table: MemoryTable): bigint {
  const delayOf = delayReader(table);
  let longest = 0n;
  for (let row = 0; row < table.rows.rowCount; row++) {
    const delay = delayOf(row);
    if (delay > longest) longest = delay;
  }
  return longest;
}

/** Reads how long a row took from its generation to its arrival, in ticks; 0 where one of them is not known. */
function delayReader({ arrived, rows, timeColumn }: MemoryTable): (row: number) => bigint {
  const all = arrived ?? rows;
  const generatedAt = timeReader(all, timeColumn);
  const arrivedAt = valueReader(all.column(all.columns.length - 1)) as (row: number) => bigint | null;
  return (row) => {
    const [generated, arrival] = [generatedAt(row), arrivedAt(row)];
    return generated === null || arrival === null ? 0n : arrival - generated;
  };
}

/** The latest arrival of a row, in ticks; undefined where it is not known of any. */
export function lastArrival({ arrived }: MemoryTable): bigint | undefined {
  if (arrived === undefined) return undefined;
  const arrivalOf = valueReader(arrived.column(arrived.columns.length - 1)) as (row: number) => bigint | null;
  let last: bigint | undefined;
  for (let row = 0; row < arrived.rowCount; row++) {
    const ticks = arrivalOf(row);
    if (ticks !== null && (last === undefined || ticks > last)) last = ticks;
  }
  return last;
}

/** Reads the time of a row, in ticks; null where it has none. */
export function timeReader(rows: Batch, timeColumn: string | undefined): (row: number) => bigint | null {
  const index = rows.columns.findIndex(({ name }) => name === timeColumn);
  return index < 0 ? () => null : (valueReader(rows.column(index)) as (row: number) => bigint | null);
}

/**
 * The rows with the time at which each arrives, which createMemoryTable keeps for ingestion_time().
 * @param delayTicks from TimeGenerated to the arrival of a row; a row without a time arrives at no time that is known
 */
export function withDelays(rows: Batch, delayTicks: (row: number, generatedTicks: bigint) => bigint): Batch {
  const generatedAt = timeReader(rows, 'TimeGenerated');
  const arrivals = Array.from({ length: rows.rowCount }, (_, row) => {
    const generated = generatedAt(row);
    return generated === null ? null : generated + delayTicks(row, generated);
  });
  const columns = rows.columns.map((_, index) => () => rows.column(index));
  return new Batch([...rows.columns, ARRIVAL_COLUMN], rows.rowCount, [...columns, columnOf('datetime', arrivals)]);
}

/** The raised rows of a window: an alert or incident is there from the moment at which it is created. */
function raisedIn({ fromTicks, toTicks }: QueryWindow, raised: readonly RaisedRow[]): readonly RaisedRow[] {
  const firstAt = (ticks: bigint): number => {
    let low = 0;
    let high = raised.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((raised[middle]?.TimeGenerated as bigint) < ticks) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return raised.slice(firstAt(fromTicks), firstAt(toTicks));
}

const tableOf = ({ columns }: MemoryTable, rows: readonly RaisedRow[]): MemoryTable =>
  createMemoryTable(withDelays(raisedBatch(columns, rows), () => 0n));

/** Raised rows with the columns of their table. */
export const raisedBatch = (columns: readonly ColumnDefinition[], rows: readonly RaisedRow[]): Batch =>
  batchOf(
    columns,
    rows.map((row) => columns.map(({ name, type }): Value => row[name] ?? (type === 'string' ? '' : null))),
  );

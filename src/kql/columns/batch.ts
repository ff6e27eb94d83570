import type { ColumnDefinition, Value } from '../values/value.ts';
import { type Column, valueReader } from './column.ts';
import { columnOf } from './column-builder.ts';
import { concat, slice } from './gather.ts';
import { pick } from './pick.ts';
import type { Room } from './scratch.ts';

/** How many rows an operator hands on at a time, where it is free to choose. */
export const BATCH_ROWS = 65_536;

/**
 * Some rows of a table. A column is computed when it is first asked for: a filter or a sort over a table of sixty
 * columns moves only the columns that something later reads.
 */
export class Batch {
  readonly columns: readonly ColumnDefinition[];
  readonly rowCount: number;
  private readonly slots: (Column | (() => Column))[];

  constructor(columns: readonly ColumnDefinition[], rowCount: number, slots: readonly (Column | (() => Column))[]) {
    this.columns = columns;
    this.rowCount = rowCount;
    this.slots = [...slots];
  }

  column(index: number): Column {
    const slot = this.slots[index];
    if (typeof slot !== 'function') return slot as Column;
    const column = slot();
    this.slots[index] = column;
    return column;
  }

  /** The rows at `indices`, in that order; each column in a room of its own, where rooms are given. */
  gather(indices: Int32Array, rooms?: readonly Room[]): Batch {
    return this.derive(indices.length, (index) => pick(this.column(index), indices, rooms?.[index]));
  }

  slice(from: number, to: number): Batch {
    if (from === 0 && to === this.rowCount) return this;
    return this.derive(to - from, (index) => slice(this.column(index), from, to));
  }

  /** The same rows with other columns: those at `indices`, under the definitions given. */
  select(columns: readonly ColumnDefinition[], indices: readonly number[]): Batch {
    return new Batch(
      columns,
      this.rowCount,
      indices.map((index) => () => this.column(index)),
    );
  }

  private derive(rowCount: number, column: (index: number) => Column): Batch {
    return new Batch(
      this.columns,
      rowCount,
      this.columns.map((_, index) => () => column(index)),
    );
  }
}

/** A batch without rows. */
export const emptyBatch = (columns: readonly ColumnDefinition[]): Batch =>
  new Batch(
    columns,
    0,
    columns.map(
      ({ type }) =>
        () =>
          columnOf(type, []),
    ),
  );

/** All rows of the batches in one. */
export function concatBatches(columns: readonly ColumnDefinition[], batches: readonly Batch[]): Batch {
  const filled = batches.filter((batch) => batch.rowCount > 0);
  if (filled.length === 0) return emptyBatch(columns);
  if (filled.length === 1) return filled[0] as Batch;
  const rowCount = filled.reduce((sum, batch) => sum + batch.rowCount, 0);
  return new Batch(
    columns,
    rowCount,
    columns.map((_, index) => () => concat(filled.map((batch) => batch.column(index)))),
  );
}

/** Rows (arrays in the order of the columns) as a batch. */
export function batchOf(columns: readonly ColumnDefinition[], rows: readonly (readonly Value[])[]): Batch {
  return new Batch(
    columns,
    rows.length,
    columns.map(
      ({ type }, index) =>
        () =>
          columnOf(
            type,
            rows.map((row) => row[index] as Value),
          ),
    ),
  );
}

/** The batch's rows as arrays, in the order of its columns. */
export function rowsOf(batch: Batch): Value[][] {
  const readers = batch.columns.map((_, index) => valueReader(batch.column(index)));
  return Array.from({ length: batch.rowCount }, (_, row) => readers.map((read) => read(row)));
}

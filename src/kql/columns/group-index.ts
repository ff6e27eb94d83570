import type { ColumnType } from '../values/value.ts';
import type { Column, Vector } from './column.ts';
import { CombinationTable } from './combination-table.ts';
import { createKeyEncoder, type KeyEncoder } from './key-encoder.ts';
import { rowNumbers } from './row-numbers.ts';
import { Scratch } from './scratch.ts';

/** Numbers the distinct combinations of key values from 0, in the order in which they are first met. */
export class GroupIndex {
  private readonly encoders: readonly KeyEncoder[];
  /** Table i numbers the pairs of (combination of the keys up to i, value of key i + 1). */
  private readonly tables: readonly CombinationTable[];
  private readonly scratch = new Scratch();

  constructor(types: readonly ColumnType[]) {
    this.encoders = types.map(createKeyEncoder);
    this.tables = types.slice(1).map(() => new CombinationTable());
  }

  /** How many combinations there are; without keys, one. */
  get size(): number {
    if (this.encoders.length === 0) return 1;
    return this.tables.at(-1)?.size ?? (this.encoders[0] as KeyEncoder).size;
  }

  /** The group of each row, written to `ids`; -1 for a combination that is not known where `insert` is false. */
  assign(
    keys: readonly Vector[],
    rowCount: number,
    insert = true,
    ids: Int32Array = new Int32Array(rowCount),
  ): Int32Array {
    const first = this.encoders[0];
    if (first === undefined) return ids.fill(0);
    first.encode(keys[0] as Vector, ids, insert);
    let count = first.size;
    for (const [position, table] of this.tables.entries()) {
      const encoder = this.encoders[position + 1] as KeyEncoder;
      const next = encoder.encode(keys[position + 1] as Vector, this.scratch.ints(rowCount), insert);
      table.assign(ids, next, { first: count, second: encoder.size }, insert);
      count = table.size;
    }
    return ids;
  }

  /** The key values of all groups, a column a key. */
  keyColumns(): readonly Column[] {
    let ids = rowNumbers(this.size);
    const columns: Column[] = [];
    for (let position = this.encoders.length - 1; position >= 0; position--) {
      const encoder = this.encoders[position] as KeyEncoder;
      const parts = this.tables[position - 1]?.split(ids);
      columns[position] = encoder.column(parts?.seconds ?? ids);
      if (parts !== undefined) ids = parts.firsts;
    }
    return columns;
  }
}

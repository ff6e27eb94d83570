import type { ColumnType } from '../values/value.ts';
import type { Column, Vector } from './column.ts';
import { columnOf } from './column-builder.ts';
import { PairTable } from './hash-table.ts';
import { createKeyEncoder, type KeyEncoder } from './key-encoder.ts';

/** Numbers the distinct combinations of key values from 0, in the order in which they are first met. */
export class GroupIndex {
  private readonly encoders: readonly KeyEncoder[];
  private readonly types: readonly ColumnType[];
  /** Table i numbers the pairs of (combination of the keys up to i, value of key i + 1). */
  private readonly tables: readonly PairTable[];

  constructor(types: readonly ColumnType[]) {
    this.types = types;
    this.encoders = types.map(createKeyEncoder);
    this.tables = types.slice(1).map(() => new PairTable());
  }

  /** How many combinations there are; without keys, one. */
  get size(): number {
    if (this.encoders.length === 0) return 1;
    return this.tables.at(-1)?.size ?? (this.encoders[0] as KeyEncoder).size;
  }

  /** The group of each row; -1 for a combination that is not known where `insert` is false. */
  assign(keys: readonly Vector[], rowCount: number, insert = true): Int32Array {
    const first = this.encoders[0];
    if (first === undefined) return new Int32Array(rowCount);
    const ids = first.encode(keys[0] as Vector, rowCount, insert);
    for (const [position, table] of this.tables.entries()) {
      const next = (this.encoders[position + 1] as KeyEncoder).encode(keys[position + 1] as Vector, rowCount, insert);
      for (let row = 0; row < rowCount; row++) {
        const left = ids[row] as number;
        const right = next[row] as number;
        ids[row] = left < 0 || right < 0 ? -1 : table.number(left, right, insert);
      }
    }
    return ids;
  }

  /** The key values of all groups, a column a key. */
  keyColumns(): readonly Column[] {
    let ids = Int32Array.from({ length: this.size }, (_, id) => id);
    const columns: Column[] = [];
    for (let position = this.encoders.length - 1; position >= 0; position--) {
      const table = this.tables[position - 1];
      const own = table === undefined ? ids : ids.map((id) => table.second(id));
      columns[position] = this.decode(position, own);
      if (table !== undefined) ids = ids.map((id) => table.first(id));
    }
    return columns;
  }

  private decode(position: number, ids: Int32Array): Column {
    const encoder = this.encoders[position] as KeyEncoder;
    return columnOf(
      this.types[position] as ColumnType,
      Array.from(ids, (id) => encoder.value(id)),
    );
  }
}

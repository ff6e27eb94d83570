import type { ColumnType, Value } from '../../values/value.ts';
import type { Column } from '../column.ts';
import type { Cell } from './cell.ts';
import { FixedWidthLoader } from './fixed-width-loader.ts';
import { Int64Loader } from './int64-loader.ts';
import { PooledLoader } from './pooled-loader.ts';

/** Fills one column with cells. Rows that get none are null (a string: empty), and cost nothing. */
export type CellLoader = {
  readonly type: ColumnType;
  /** Puts the cell into the row; false where it does not fit the column's type. */
  put(row: number, cell: Cell): boolean;
  /** Puts a value of the column's own type, never null; false where it is out of range. Absent: only texts are taken. */
  putValue?(row: number, value: Value): boolean;
  /** Whether the row has a value. */
  has(row: number): boolean;
  /** Takes back what was put into the row. */
  clear(row: number): void;
  /** The column of the first `length` rows. */
  build(length: number): Column;
};

export function createCellLoader(type: ColumnType): CellLoader {
  switch (type) {
    case 'bool':
    case 'int':
    case 'real':
      return new FixedWidthLoader(type);
    case 'long':
    case 'datetime':
    case 'timespan':
      return new Int64Loader(type);
    case 'string':
    case 'guid':
    case 'decimal':
    case 'dynamic':
      return new PooledLoader(type);
    default:
      return type satisfies never;
  }
}

import type { ColumnType } from '../../values/value.ts';
import { type Column, valueReader } from '../column.ts';
import { Cell } from './cell.ts';
import { type CellLoader, createCellLoader } from './cell-loader.ts';

/** A column whose type is that of its first value; whole numbers become reals where a fraction turns up later. */
export class InferredLoader implements CellLoader {
  private readonly name: string;
  private loader: CellLoader | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get type(): ColumnType {
    return this.loader?.type ?? 'string';
  }

  /** Whether no row has had a value yet, so that the type is anybody's guess. */
  get isUntyped(): boolean {
    return this.loader === undefined;
  }

  put(row: number, cell: Cell): boolean {
    if (this.loader === undefined) {
      if (cell.isNull) return true;
      this.loader = createCellLoader(inferType(this.name, cell));
    }
    if (this.loader.put(row, cell)) return true;
    if (this.loader.type !== 'long' || cell.isString || inferType(this.name, cell) !== 'real') return false;
    this.loader = asReals(this.loader, row);
    return this.loader.put(row, cell);
  }

  has(row: number): boolean {
    return this.loader?.has(row) ?? false;
  }

  clear(row: number): void {
    this.loader?.clear(row);
  }

  build(length: number): Column {
    return (this.loader ?? createCellLoader('string')).build(length);
  }
}

function asReals(longs: CellLoader, length: number): CellLoader {
  const reals = createCellLoader('real');
  const read = valueReader(longs.build(length));
  const cell = new Cell();
  for (let row = 0; row < length; row++) {
    const value = read(row);
    if (value !== null) reals.put(row, cell.set(String(value), false));
  }
  return reals;
}

function inferType(name: string, cell: Cell): ColumnType {
  const text = cell.value();
  if (cell.isString) {
    return name === 'TimeGenerated' || name === 'Timestamp' || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)
      ? 'datetime'
      : 'string';
  }
  if (text === 'true' || text === 'false') return 'bool';
  if (text.startsWith('{') || text.startsWith('[')) return 'dynamic';
  return /^-?\d+$/.test(text) ? 'long' : 'real';
}

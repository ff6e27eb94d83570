import { convertValue } from '../../values/convert.ts';
import type { Value } from '../../values/value.ts';
import type { Column } from '../column.ts';
import type { Cell } from './cell.ts';
import type { CellLoader } from './cell-loader.ts';
import { parseWhole, wholeText } from './parse-number.ts';
import { capacityFor, Presence } from './presence.ts';

type FixedWidthType = 'bool' | 'int' | 'real';

const arrays = { bool: Uint8Array, int: Int32Array, real: Float64Array } as const;

/** A column of bools, ints or reals. */
export class FixedWidthLoader implements CellLoader {
  readonly type: FixedWidthType;
  private data: Uint8Array | Int32Array | Float64Array;
  private readonly presence = new Presence();

  constructor(type: FixedWidthType) {
    this.type = type;
    this.data = new arrays[type](0);
  }

  put(row: number, cell: Cell): boolean {
    if (cell.isNull || cell.start === cell.end) {
      this.clear(row);
      return true;
    }
    const value = this.parse(cell);
    if (value === undefined) return false;
    this.store(row, value);
    return true;
  }

  putValue(row: number, value: Value): boolean {
    this.store(row, Number(value));
    return true;
  }

  private store(row: number, value: number): void {
    if (row >= this.data.length) this.grow(row);
    this.data[row] = value;
    this.presence.set(row);
  }

  private parse(cell: Cell): number | undefined {
    if (this.type === 'int') {
      const whole = parseWhole(cell);
      if (whole >= -2_147_483_648 && whole <= 2_147_483_647) return whole;
    }
    const text = cell.value();
    const converted = convertValue(text, 'string', this.type);
    if (converted !== null) return Number(converted);
    const whole = this.type === 'int' ? wholeText(text) : undefined;
    const value = whole === undefined ? null : convertValue(whole, 'string', this.type);
    return value === null ? undefined : Number(value);
  }

  private grow(row: number): void {
    const capacity = capacityFor(row, this.data.length);
    const wider = new arrays[this.type](capacity);
    wider.set(this.data);
    this.data = wider;
    this.presence.reserve(capacity);
  }

  has(row: number): boolean {
    return this.presence.has(row);
  }

  clear(row: number): void {
    this.presence.clear(row);
  }

  build(length: number): Column {
    if (length > this.data.length) this.grow(length - 1);
    const nulls = this.presence.nulls(length);
    const data = this.data.slice(0, length);
    switch (this.type) {
      case 'bool':
        return { kind: 'bool', type: 'bool', length, data: data as Uint8Array, nulls };
      case 'int':
        return { kind: 'int', type: 'int', length, data: data as Int32Array, nulls };
      case 'real':
        return { kind: 'real', type: 'real', length, data: data as Float64Array, nulls };
      default:
        return this.type satisfies never;
    }
  }
}

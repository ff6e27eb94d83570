import { convertValue } from '../../values/convert.ts';
import { datetimeOrNull } from '../../values/datetime.ts';
import type { Value } from '../../values/value.ts';
import { type Column, type Int64Type, narrowBase, toNarrow } from '../column.ts';
import type { Cell } from './cell.ts';
import type { CellLoader } from './cell-loader.ts';
import { parseWhole, wholeText } from './parse-number.ts';
import { parseIsoTicks, parsePortalTicks } from './parse-time.ts';
import { capacityFor, Presence } from './presence.ts';

/** A column of longs, datetimes or timespans: narrow until a value needs 64 bits (see column.ts). */
export class Int64Loader implements CellLoader {
  readonly type: Int64Type;
  private narrow: Float64Array | undefined = new Float64Array(0);
  private wide = new BigInt64Array(0);
  private capacity = 0;
  private readonly presence = new Presence();

  constructor(type: Int64Type) {
    this.type = type;
  }

  put(row: number, cell: Cell): boolean {
    if (cell.isNull || cell.start === cell.end) {
      this.clear(row);
      return true;
    }
    const fast = this.narrow === undefined ? Number.NaN : this.parseFast(cell);
    if (!Number.isNaN(fast)) {
      if (row >= this.capacity) this.grow(row);
      (this.narrow as Float64Array)[row] = fast;
      this.presence.set(row);
      return true;
    }
    const value = this.parse(cell.value());
    return value !== null && this.putWhole(row, value);
  }

  putValue(row: number, value: Value): boolean {
    const whole = value as bigint;
    const fits = this.type === 'datetime' ? datetimeOrNull(whole) !== null : BigInt.asIntN(64, whole) === whole;
    return fits && this.putWhole(row, whole);
  }

  private putWhole(row: number, value: bigint): true {
    if (row >= this.capacity) this.grow(row);
    this.store(row, value);
    this.presence.set(row);
    return true;
  }

  private parseFast(cell: Cell): number {
    if (this.type === 'datetime') return parseIsoTicks(cell);
    return this.type === 'long' ? parseWhole(cell) : Number.NaN;
  }

  private parse(text: string): bigint | null {
    const value = convertValue(text, 'string', this.type) as bigint | null;
    if (value !== null) return value;
    if (this.type === 'datetime') return parsePortalTicks(text);
    const whole = this.type === 'long' ? wholeText(text) : undefined;
    return whole === undefined ? null : (convertValue(whole, 'string', 'long') as bigint | null);
  }

  private store(row: number, value: bigint): void {
    if (this.narrow !== undefined) {
      const number = toNarrow(this.type, value);
      if (number !== undefined) {
        this.narrow[row] = number;
        return;
      }
      this.widen(this.narrow);
    }
    this.wide[row] = value;
  }

  private widen(narrow: Float64Array): void {
    const base = narrowBase(this.type);
    this.wide = new BigInt64Array(this.capacity);
    for (let row = 0; row < narrow.length; row++) this.wide[row] = BigInt(narrow[row] as number) + base;
    this.narrow = undefined;
  }

  private grow(row: number): void {
    this.capacity = capacityFor(row, this.capacity);
    if (this.narrow === undefined) {
      const wider = new BigInt64Array(this.capacity);
      wider.set(this.wide);
      this.wide = wider;
    } else {
      const wider = new Float64Array(this.capacity);
      wider.set(this.narrow);
      this.narrow = wider;
    }
    this.presence.reserve(this.capacity);
  }

  has(row: number): boolean {
    return this.presence.has(row);
  }

  clear(row: number): void {
    this.presence.clear(row);
  }

  build(length: number): Column {
    if (length > this.capacity) this.grow(length - 1);
    const data = (this.narrow ?? this.wide).slice(0, length);
    return { kind: 'int64', type: this.type, length, data, nulls: this.presence.nulls(length) };
  }
}

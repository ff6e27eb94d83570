import type { Value } from '../values/value.ts';
import {
  type Column,
  type Int64Type,
  type NullMask,
  narrowBase,
  toNarrow,
  type Vector,
  valueReader,
} from './column.ts';
import { columnOf } from './column-builder.ts';
import { NumberTable } from './hash-table.ts';
import type { KeyEncoder } from './key-encoder.ts';

type NumberType = 'bool' | 'int' | 'real' | Int64Type;
type NumberData = Uint8Array | Int32Array | Float64Array;

/** Numbers the distinct values of a column of numbers, times or bools. */
export class NumberKeyEncoder implements KeyEncoder {
  private readonly type: NumberType;
  private readonly numbers = new NumberTable();
  /** Nulls, and 64-bit values that are no safe integers, with their ids. */
  private readonly others = new Map<Value, number>();
  /** The id of each entry of `numbers`; absent while ids and entries agree, which is until the first of `others`. */
  private idsOfNumbers: number[] | undefined;
  /** The values by id, once they are not simply those of `numbers`. */
  private values: Value[] | undefined;

  constructor(type: NumberType) {
    this.type = type;
  }

  get size(): number {
    return this.values?.length ?? this.numbers.size;
  }

  value(id: number): Value {
    return this.values === undefined ? this.fromNumber(this.numbers.value(id)) : (this.values[id] as Value);
  }

  column(ids: Int32Array): Column {
    const { type, numbers } = this;
    if (this.values !== undefined)
      return columnOf(
        type,
        Array.from(ids, (id) => this.value(id)),
      );
    const fill = <A extends NumberData>(data: A): A => {
      for (let row = 0; row < ids.length; row++) data[row] = numbers.value(ids[row] as number);
      return data;
    };
    const { length } = ids;
    switch (type) {
      case 'bool':
        return { kind: 'bool', type, length, data: fill(new Uint8Array(length)), nulls: undefined };
      case 'int':
        return { kind: 'int', type, length, data: fill(new Int32Array(length)), nulls: undefined };
      case 'real':
        return { kind: 'real', type, length, data: fill(new Float64Array(length)), nulls: undefined };
      default:
        return { kind: 'int64', type, length, data: fill(new Float64Array(length)), nulls: undefined };
    }
  }

  encode(vector: Vector, ids: Int32Array, insert: boolean): Int32Array {
    if (vector.kind === 'constant') return ids.fill(this.idOfValue(vector.value, insert));
    if (vector.kind !== 'pooled' && !(vector.data instanceof BigInt64Array)) {
      this.encodeNumbers(vector.data, vector.nulls, ids, insert);
      return ids;
    }
    const read = valueReader(vector);
    for (let row = 0; row < ids.length; row++) ids[row] = this.idOfValue(read(row), insert);
    return ids;
  }

  private encodeNumbers(data: NumberData, nulls: NullMask, ids: Int32Array, insert: boolean): void {
    for (let row = 0; row < ids.length; ) {
      if (nulls === undefined && this.idsOfNumbers === undefined) {
        row = this.numbers.translate(data, ids, row);
        if (row === ids.length) return;
      }
      if (nulls !== undefined && nulls[row] === 1) ids[row++] = this.idOfOther(null, insert);
      else row = repeat(data, ids, row, this.idOfNumber(data[row] as number, insert), nulls);
    }
  }

  private idOfNumber(value: number, insert: boolean): number {
    const known = this.numbers.size;
    const number = this.numbers.number(value, insert);
    if (number < 0 || this.idsOfNumbers === undefined || this.values === undefined) return number;
    if (number === known) this.idsOfNumbers[number] = this.values.push(this.fromNumber(value)) - 1;
    return this.idsOfNumbers[number] as number;
  }

  private idOfValue(value: Value, insert: boolean): number {
    if (typeof value === 'boolean') return this.idOfNumber(value ? 1 : 0, insert);
    if (typeof value === 'number') return this.idOfNumber(value, insert);
    const narrow = typeof value === 'bigint' ? toNarrow(this.type, value) : undefined;
    return narrow === undefined ? this.idOfOther(value, insert) : this.idOfNumber(narrow, insert);
  }

  private idOfOther(value: Value, insert: boolean): number {
    const known = this.others.get(value);
    if (known !== undefined) return known;
    if (!insert) return -1;
    const { numbers } = this;
    this.idsOfNumbers ??= Array.from({ length: numbers.size }, (_, number) => number);
    this.values ??= Array.from({ length: numbers.size }, (_, number) => this.fromNumber(numbers.value(number)));
    const id = this.values.push(value) - 1;
    this.others.set(value, id);
    return id;
  }

  private fromNumber(value: number): Value {
    if (this.type === 'bool') return value === 1;
    return this.type === 'int' || this.type === 'real' ? value : BigInt(value) + narrowBase(this.type);
  }
}

/** Gives a row, and those after it that hold the same number, the id; sorted columns (time) repeat theirs. The row after them. */
function repeat(data: NumberData, ids: Int32Array, from: number, id: number, nulls: NullMask): number {
  const value = data[from];
  ids[from] = id;
  let row = from + 1;
  while (row < ids.length && data[row] === value && (nulls === undefined || nulls[row] === 0)) ids[row++] = id;
  return row;
}

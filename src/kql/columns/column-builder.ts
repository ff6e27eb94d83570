import type { ColumnType, Value } from '../values/value.ts';
import {
  type Column,
  type Int64Type,
  narrowBase,
  type PooledType,
  type PooledValue,
  toNarrow,
  type Vector,
} from './column.ts';

/** Collects values of one type, row by row, into a column. */
export type ColumnBuilder = {
  append(value: Value): void;
  readonly length: number;
  build(): Column;
};

/** A builder for the type. A null appended to a string column becomes the empty string: a string is never null. */
export function createColumnBuilder(type: ColumnType): ColumnBuilder {
  switch (type) {
    case 'bool':
      return new FixedWidthBuilder(
        (n) => new Uint8Array(n),
        (v) => (v ? 1 : 0),
        (parts) => ({ kind: 'bool', type, ...parts }),
      );
    case 'int':
      return new FixedWidthBuilder(
        (n) => new Int32Array(n),
        Number,
        (parts) => ({ kind: 'int', type, ...parts }),
      );
    case 'real':
      return new FixedWidthBuilder(
        (n) => new Float64Array(n),
        Number,
        (parts) => ({ kind: 'real', type, ...parts }),
      );
    case 'long':
    case 'datetime':
    case 'timespan':
      return new Int64Builder(type);
    case 'string':
    case 'guid':
    case 'decimal':
    case 'dynamic':
      return new PooledBuilder(type);
    default:
      return type satisfies never;
  }
}

/** A column of the values given. */
export function columnOf(type: ColumnType, values: Iterable<Value>): Column {
  const builder = createColumnBuilder(type);
  for (const value of values) builder.append(value);
  return builder.build();
}

/** The vector as a column of `length` rows; a constant is repeated. */
export function expand(vector: Vector, length: number): Column {
  if (vector.kind !== 'constant') return vector;
  const { type, value } = vector;
  if (type === 'string' || type === 'guid' || type === 'decimal' || type === 'dynamic') {
    const pooled = type === 'string' && value === null ? '' : (value as PooledValue);
    return { kind: 'pooled', type, length, codes: new Int32Array(length), values: [pooled] };
  }
  const builder = createColumnBuilder(type);
  for (let row = 0; row < length; row++) builder.append(value);
  return builder.build();
}

const INITIAL_CAPACITY = 64;

class NullCollector {
  private mask: Uint8Array | undefined;

  mark(row: number, capacity: number): void {
    if (this.mask === undefined || this.mask.length < capacity) {
      const wider = new Uint8Array(capacity);
      if (this.mask !== undefined) wider.set(this.mask);
      this.mask = wider;
    }
    this.mask[row] = 1;
  }

  build(length: number): Uint8Array | undefined {
    if (this.mask === undefined) return undefined;
    const mask = new Uint8Array(length);
    mask.set(this.mask.subarray(0, length));
    return mask;
  }
}

type NumberArray = Uint8Array | Int32Array | Float64Array;

class FixedWidthBuilder<A extends NumberArray> implements ColumnBuilder {
  length = 0;
  private data: A;
  private readonly nulls = new NullCollector();
  private readonly allocate: (capacity: number) => A;
  private readonly encode: (value: Value) => number;
  private readonly finish: (parts: { length: number; data: A; nulls: Uint8Array | undefined }) => Column;

  constructor(
    allocate: (capacity: number) => A,
    encode: (value: Value) => number,
    finish: (parts: { length: number; data: A; nulls: Uint8Array | undefined }) => Column,
  ) {
    this.allocate = allocate;
    this.encode = encode;
    this.finish = finish;
    this.data = allocate(INITIAL_CAPACITY);
  }

  append(value: Value): void {
    if (this.length === this.data.length) {
      const wider = this.allocate(this.length * 2);
      wider.set(this.data);
      this.data = wider;
    }
    if (value === null) this.nulls.mark(this.length, this.data.length);
    else this.data[this.length] = this.encode(value);
    this.length++;
  }

  build(): Column {
    const data = this.data.slice(0, this.length) as A;
    return this.finish({ length: this.length, data, nulls: this.nulls.build(this.length) });
  }
}

class Int64Builder implements ColumnBuilder {
  length = 0;
  private narrow: Float64Array | undefined = new Float64Array(INITIAL_CAPACITY);
  private wide: BigInt64Array | undefined;
  private readonly nulls = new NullCollector();
  private readonly type: Int64Type;

  constructor(type: Int64Type) {
    this.type = type;
  }

  append(value: Value): void {
    this.reserve();
    if (value === null) this.nulls.mark(this.length, (this.narrow ?? (this.wide as BigInt64Array)).length);
    else this.store(value as bigint);
    this.length++;
  }

  private store(value: bigint): void {
    if (this.narrow !== undefined) {
      const number = toNarrow(this.type, value);
      if (number !== undefined) {
        this.narrow[this.length] = number;
        return;
      }
      this.widen(this.narrow);
    }
    (this.wide as BigInt64Array)[this.length] = value;
  }

  private reserve(): void {
    const current = this.narrow ?? (this.wide as BigInt64Array);
    if (this.length < current.length) return;
    if (this.narrow !== undefined) {
      const wider = new Float64Array(this.length * 2);
      wider.set(this.narrow);
      this.narrow = wider;
    } else {
      const wider = new BigInt64Array(this.length * 2);
      wider.set(this.wide as BigInt64Array);
      this.wide = wider;
    }
  }

  private widen(narrow: Float64Array): void {
    const base = narrowBase(this.type);
    this.wide = new BigInt64Array(narrow.length);
    for (let row = 0; row < this.length; row++) this.wide[row] = BigInt(narrow[row] as number) + base;
    this.narrow = undefined;
  }

  build(): Column {
    const data = this.narrow?.slice(0, this.length) ?? (this.wide as BigInt64Array).slice(0, this.length);
    return { kind: 'int64', type: this.type, length: this.length, data, nulls: this.nulls.build(this.length) };
  }
}

class PooledBuilder implements ColumnBuilder {
  private readonly values: PooledValue[] = [];
  private readonly type: PooledType;

  constructor(type: PooledType) {
    this.type = type;
  }

  get length(): number {
    return this.values.length;
  }

  append(value: Value): void {
    this.values.push(this.type === 'string' ? ((value as string | null) ?? '') : (value as PooledValue));
  }

  build(): Column {
    return { kind: 'pooled', type: this.type, length: this.values.length, codes: undefined, values: this.values };
  }
}

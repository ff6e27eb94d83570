import type { Decimal } from 'decimal.js';
import type { DynamicValue } from '../values/dynamic.ts';
import type { ColumnType, Value } from '../values/value.ts';

/** One byte a row, 1 where the value is null; absent where no value is. */
export type NullMask = Uint8Array | undefined;

export type BoolColumn = {
  readonly kind: 'bool';
  readonly type: 'bool';
  readonly length: number;
  readonly data: Uint8Array;
  readonly nulls: NullMask;
};

export type IntColumn = {
  readonly kind: 'int';
  readonly type: 'int';
  readonly length: number;
  readonly data: Int32Array;
  readonly nulls: NullMask;
};

export type RealColumn = {
  readonly kind: 'real';
  readonly type: 'real';
  readonly length: number;
  readonly data: Float64Array;
  readonly nulls: NullMask;
};

export type Int64Type = 'long' | 'datetime' | 'timespan';

/**
 * 64-bit whole numbers in one of two forms. Narrow: a Float64Array whose values are safe integers; a datetime is then
 * the number of ticks since NARROW_EPOCH_TICKS, so that 1991 to 2048 fit exactly. Wide: the values themselves. Narrow
 * arithmetic runs at the speed of doubles; a kernel that could leave the safe range falls back to wide.
 */
export type Int64Column = {
  readonly kind: 'int64';
  readonly type: Int64Type;
  readonly length: number;
  readonly data: Float64Array | BigInt64Array;
  readonly nulls: NullMask;
};

export type PooledType = 'string' | 'guid' | 'decimal' | 'dynamic';

export const isPooledType = (type: ColumnType): type is PooledType =>
  type === 'string' || type === 'guid' || type === 'decimal' || type === 'dynamic';

export type PooledValue = string | Decimal | DynamicValue | null;

/**
 * Values that are no numbers: row i holds `values[codes[i]]`, or `values[i]` where there are no codes. A pool may hold
 * a value twice, and values that no row uses; a null is a null in the pool (a string pool has none).
 */
export type PooledColumn = {
  readonly kind: 'pooled';
  readonly type: PooledType;
  readonly length: number;
  readonly codes: Int32Array | undefined;
  readonly values: readonly PooledValue[];
};

export type Column = BoolColumn | IntColumn | RealColumn | Int64Column | PooledColumn;

/** A value that is the same in every row; it never expands to a column on its own. */
export type ConstantVector = { readonly kind: 'constant'; readonly type: ColumnType; readonly value: Value };

export type Vector = Column | ConstantVector;

/** 2020-01-01T00:00:00Z */
export const NARROW_EPOCH_TICKS = 637_134_336_000_000_000n;

/** What a narrow column of the type adds to each number. */
export const narrowBase = (type: ColumnType): bigint => (type === 'datetime' ? NARROW_EPOCH_TICKS : 0n);

/** The narrow form of a value, or undefined where it is no safe integer. */
export function toNarrow(type: ColumnType, value: bigint): number | undefined {
  const number = Number(type === 'datetime' ? value - NARROW_EPOCH_TICKS : value);
  return Number.isSafeInteger(number) ? number : undefined;
}

export const constant = (type: ColumnType, value: Value): ConstantVector => ({ kind: 'constant', type, value });

/** The value of one row. For loops over many rows take `valueReader`. */
export const valueAt = (vector: Vector, row: number): Value => valueReader(vector)(row);

/** A function from row to value, specialised to the column's form. */
export function valueReader(vector: Vector): (row: number) => Value {
  switch (vector.kind) {
    case 'constant': {
      const { value } = vector;
      return () => value;
    }
    case 'bool': {
      const { data, nulls } = vector;
      return nulls === undefined ? (row) => data[row] === 1 : (row) => (nulls[row] === 1 ? null : data[row] === 1);
    }
    case 'int':
    case 'real': {
      const { data, nulls } = vector;
      return nulls === undefined
        ? (row) => data[row] as number
        : (row) => (nulls[row] === 1 ? null : (data[row] as number));
    }
    case 'int64':
      return int64Reader(vector);
    case 'pooled': {
      const { codes, values } = vector;
      return codes === undefined ? (row) => values[row] as Value : (row) => values[codes[row] as number] as Value;
    }
    default:
      return vector satisfies never;
  }
}

function int64Reader({ type, data, nulls }: Int64Column): (row: number) => bigint | null {
  const isNull = nulls === undefined ? () => false : (row: number) => nulls[row] === 1;
  if (data instanceof BigInt64Array) return (row) => (isNull(row) ? null : (data[row] as bigint));
  const base = narrowBase(type);
  return (row) => (isNull(row) ? null : BigInt(data[row] as number) + base);
}

/** A function that tells whether a row is null. */
export function nullReader(vector: Vector): (row: number) => boolean {
  if (vector.kind === 'constant') {
    const isNull = vector.value === null;
    return () => isNull;
  }
  if (vector.kind === 'pooled') {
    const { codes, values } = vector;
    return codes === undefined ? (row) => values[row] === null : (row) => values[codes[row] as number] === null;
  }
  const { nulls } = vector;
  return nulls === undefined ? () => false : (row) => nulls[row] === 1;
}

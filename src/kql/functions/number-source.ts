import type { NullMask, Vector } from '../columns/column.ts';
import { toNarrow } from '../columns/column.ts';

/**
 * The numbers of a vector as one indexable array, for loops over doubles: row i is `data[i & mask]`, where the mask is 0
 * for a constant, so that the loop needs no branch.
 */
export type NumberSource = {
  readonly data: Float64Array | Int32Array;
  readonly mask: number;
  readonly nulls: NullMask;
};

/** The vector's numbers; undefined for a wide 64-bit column, for a null constant and for types that are no numbers. */
export function numberSource(vector: Vector): NumberSource | undefined {
  switch (vector.kind) {
    case 'int':
    case 'real':
      return { data: vector.data, mask: -1, nulls: vector.nulls };
    case 'int64':
      return vector.data instanceof Float64Array ? { data: vector.data, mask: -1, nulls: vector.nulls } : undefined;
    case 'constant': {
      const { type, value } = vector;
      if (typeof value === 'number') return { data: Float64Array.of(value), mask: 0, nulls: undefined };
      if (typeof value !== 'bigint') return undefined;
      const narrow = toNarrow(type, value);
      return narrow === undefined ? undefined : { data: Float64Array.of(narrow), mask: 0, nulls: undefined };
    }
    case 'bool':
    case 'pooled':
      return undefined;
    default:
      return vector satisfies never;
  }
}

/** The rows that are null on either side. */
export function eitherNull(left: NullMask, right: NullMask): NullMask {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return left.map((flag, row) => flag | (right[row] as number));
}

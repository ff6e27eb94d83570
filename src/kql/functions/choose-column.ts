import type { Column, NullMask, PooledColumn, PooledValue, Vector } from '../columns/column.ts';
import { numberSource } from './number-source.ts';

/** The rows where a condition is true, as ones; a null counts as false. Undefined where the vector is no bool. */
export function trueFlags(condition: Vector, rowCount: number): Uint8Array | undefined {
  if (condition.kind === 'constant') return new Uint8Array(rowCount).fill(condition.value === true ? 1 : 0);
  if (condition.kind !== 'bool') return undefined;
  const { data, nulls } = condition;
  return nulls === undefined ? data : data.map((flag, row) => flag & (1 - (nulls[row] as number)));
}

/**
 * Row by row one of two vectors of the same type, without a detour over single values; undefined where their forms are
 * not taken here.
 */
export function chooseColumn(flags: Uint8Array, whenTrue: Vector, whenFalse: Vector): Column | undefined {
  if (whenTrue.type !== whenFalse.type) return undefined;
  switch (whenTrue.type) {
    case 'string':
    case 'guid':
    case 'decimal':
    case 'dynamic':
      return choosePooled(flags, whenTrue, whenFalse);
    case 'bool':
      return undefined;
    default:
      return chooseNumbers(flags, whenTrue, whenFalse);
  }
}

function chooseNumbers(flags: Uint8Array, whenTrue: Vector, whenFalse: Vector): Column | undefined {
  const a = numberSource(whenTrue) ?? nullSource(whenTrue, flags.length);
  const b = numberSource(whenFalse) ?? nullSource(whenFalse, flags.length);
  if (a === undefined || b === undefined) return undefined;
  const { length } = flags;
  const { type } = whenTrue;
  const data = type === 'int' ? new Int32Array(length) : new Float64Array(length);
  for (let row = 0; row < length; row++) {
    data[row] = flags[row] === 1 ? (a.data[row & a.mask] as number) : (b.data[row & b.mask] as number);
  }
  const nulls = chooseNulls(flags, a.nulls, b.nulls);
  if (type === 'int') return { kind: 'int', type, length, data: data as Int32Array, nulls };
  if (type === 'real') return { kind: 'real', type, length, data: data as Float64Array, nulls };
  if (type === 'long' || type === 'datetime' || type === 'timespan') {
    return { kind: 'int64', type, length, data: data as Float64Array, nulls };
  }
  return undefined;
}

/** A constant null as numbers that are all null. */
const nullSource = (vector: Vector, rowCount: number): ReturnType<typeof numberSource> =>
  vector.kind === 'constant' && vector.value === null
    ? { data: new Float64Array(1), mask: 0, nulls: new Uint8Array(rowCount).fill(1) }
    : undefined;

function chooseNulls(flags: Uint8Array, a: NullMask, b: NullMask): NullMask {
  if (a === undefined && b === undefined) return undefined;
  return flags.map((flag, row) => (flag === 1 ? (a?.[row] ?? 0) : (b?.[row] ?? 0)));
}

type Coded = { readonly codes: Int32Array | undefined; readonly values: readonly PooledValue[] };

function coded(vector: Vector): Coded | undefined {
  if (vector.kind === 'constant') return { codes: undefined, values: [pooledConstant(vector)] };
  return vector.kind === 'pooled' && vector.codes !== undefined ? vector : undefined;
}

const pooledConstant = (vector: Vector & { kind: 'constant' }): PooledValue =>
  vector.type === 'string' && vector.value === null ? '' : (vector.value as PooledValue);

/** Pools laid one after the other, kept as long as the first of them lives: batches of a file share theirs. */
const joined = new WeakMap<
  readonly PooledValue[],
  { readonly tail: readonly PooledValue[]; readonly pool: readonly PooledValue[] }
>();

/** A pool so many times longer than the batch is not copied for it, unless the copy will serve other batches too. */
const POOL_TO_ROWS = 4;

function joinPools(
  head: readonly PooledValue[],
  tail: readonly PooledValue[],
  rowCount: number,
): readonly PooledValue[] | undefined {
  if (head === tail) return head;
  const known = joined.get(head);
  if (known !== undefined && sameValues(known.tail, tail)) return known.pool;
  if (tail.length > 1 && head.length + tail.length > POOL_TO_ROWS * rowCount) return undefined;
  const pool = head.concat(tail);
  joined.set(head, { tail, pool });
  return pool;
}

const sameValues = (a: readonly PooledValue[], b: readonly PooledValue[]): boolean =>
  a === b || (a.length === 1 && b.length === 1 && a[0] === b[0]);

function choosePooled(flags: Uint8Array, whenTrue: Vector, whenFalse: Vector): PooledColumn | undefined {
  const a = coded(whenTrue);
  const b = coded(whenFalse);
  if (a === undefined || b === undefined) return undefined;
  // The larger pool goes first: it is the one that batches share.
  const isSwapped = a.codes === undefined && b.codes !== undefined;
  const [head, tail] = isSwapped ? [b, a] : [a, b];
  const values = joinPools(head.values, tail.values, flags.length);
  if (values === undefined) return undefined;
  const base = values === head.values ? 0 : head.values.length;
  const codes = new Int32Array(flags.length);
  for (let row = 0; row < codes.length; row++) {
    const takesHead = (flags[row] === 1) !== isSwapped;
    if (takesHead) codes[row] = head.codes === undefined ? 0 : (head.codes[row] as number);
    else codes[row] = base + (tail.codes === undefined ? 0 : (tail.codes[row] as number));
  }
  return { kind: 'pooled', type: (whenTrue as PooledColumn).type, length: codes.length, codes, values };
}

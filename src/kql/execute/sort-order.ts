import { nullReader, type PooledColumn, type Vector, valueReader } from '../columns/column.ts';
import { rowNumbers } from '../columns/row-numbers.ts';
import type { SortKey } from '../plan/plan.ts';
import { compareValues } from '../values/compare.ts';
import type { Value } from '../values/value.ts';
import { type Numbers, orderByNumber } from './order-by-number.ts';
import { sortIndices } from './sort-indices.ts';

type Direction = Pick<SortKey, 'direction' | 'nulls'>;

/** Awaited every so many rows, so that a query can be stopped. */
type Pause = (rowCount: number) => Promise<void> | undefined;

/**
 * The rows in the order of the keys; rows that are equal keep their order. The keys are taken from the last to the
 * first, each by a stable sort of what the later ones gave.
 */
export async function sortOrder(
  keys: readonly Direction[],
  vectors: readonly Vector[],
  rowCount: number,
  pause: Pause,
): Promise<Int32Array> {
  let order: Int32Array = rowNumbers(rowCount);
  for (let index = keys.length - 1; index >= 0; index--) {
    await pause(rowCount);
    order = await orderByKey(order, keys[index] as Direction, vectors[index] as Vector, pause);
  }
  return order;
}

async function orderByKey(
  order: Int32Array,
  { direction, nulls }: Direction,
  vector: Vector,
  pause: Pause,
): Promise<Int32Array> {
  if (vector.kind === 'constant') return order;
  const { present, notNumbers, missing } = splitMissing(order, vector);
  const sorted = orderByNumber(present, await numbersOf(vector, present, pause), direction);
  if (sorted.length === order.length) return sorted;
  // NaN stands between the values and the nulls, at either end (sort page).
  const parts = nulls === 'first' ? [missing, notNumbers, sorted] : [sorted, notNumbers, missing];
  const joined = new Int32Array(order.length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The rows that have a value, those that have NaN, and those that have none. */
function splitMissing(order: Int32Array, vector: Vector) {
  if (!mayMiss(vector)) return { present: order, notNumbers: new Int32Array(0), missing: new Int32Array(0) };
  const isNull = nullReader(vector);
  const reals = vector.kind === 'real' ? vector.data : undefined;
  return {
    present: order.filter((row) => !isNull(row) && !Number.isNaN(reals?.[row])),
    notNumbers:
      reals === undefined ? new Int32Array(0) : order.filter((row) => !isNull(row) && Number.isNaN(reals[row])),
    missing: order.filter(isNull),
  };
}

function mayMiss(vector: Vector): boolean {
  if (vector.kind === 'constant' || vector.kind === 'real') return true;
  return vector.kind === 'pooled' ? vector.type !== 'string' : vector.nulls !== undefined;
}

/** Numbers in the order of the rows' values: the values themselves, or their ranks. */
async function numbersOf(vector: Vector, rows: Int32Array, pause: Pause): Promise<Numbers> {
  if (vector.kind === 'pooled' && vector.values.length <= POOL_TO_ROWS * rows.length) {
    return ranksOfPool(vector, rows, pause);
  }
  if (vector.kind !== 'constant' && vector.kind !== 'pooled' && !(vector.data instanceof BigInt64Array)) {
    return vector.data;
  }
  const ranks = new Int32Array(rows.reduce((last, row) => Math.max(last, row), -1) + 1);
  await rankItems(rows, valueReader(vector), vector, ranks, pause);
  return ranks;
}

/** A pool so many times longer than the rows is not walked as a whole: a slice of a large table may use little of it. */
const POOL_TO_ROWS = 4;

/** Sorts the distinct values that occur, once. */
async function ranksOfPool(column: PooledColumn, rows: Int32Array, pause: Pause): Promise<Numbers> {
  const { codes, values, length } = column;
  const occurs = new Uint8Array(values.length);
  for (const row of rows) occurs[codes === undefined ? row : (codes[row] as number)] = 1;
  const used = rowNumbers(values.length).filter((code) => occurs[code] === 1);
  const rankOfCode = new Int32Array(values.length);
  await rankItems(used, (code) => values[code] as Value, column, rankOfCode, pause);
  if (codes === undefined) return rankOfCode;
  const ranks = new Int32Array(length);
  for (const row of rows) ranks[row] = rankOfCode[codes[row] as number] as number;
  return ranks;
}

/** Ranks the items from 0 by their values; equal values share a rank. */
async function rankItems(
  items: Int32Array,
  read: (item: number) => Value,
  { type }: Vector,
  ranks: Int32Array,
  pause: Pause,
): Promise<void> {
  const compare = (a: number, b: number): number =>
    compareValues(read(items[a] as number), read(items[b] as number), type);
  const sorted = await sortIndices(items.length, compare, pause);
  let rank = 0;
  for (let at = 0; at < sorted.length; at++) {
    if (at > 0 && compare(sorted[at - 1] as number, sorted[at] as number) !== 0) rank++;
    ranks[items[sorted[at] as number] as number] = rank;
  }
}

import type { Batch } from '../columns/batch.ts';
import { nullReader, type Vector, valueReader } from '../columns/column.ts';
import type { SortKey, SortPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { compareValues } from '../values/compare.ts';
import type { Value } from '../values/value.ts';
import { collect } from './collect.ts';
import { prepareAll } from './prepare.ts';
import { sortIndices } from './sort-indices.ts';
import { rebatch } from './table.ts';

export async function* executeSort(plan: SortPlan, context: QueryContext): AsyncGenerator<Batch> {
  const sorted = await sortRows(await collect(plan.input, context), plan.keys, context);
  yield* rebatch(sorted, context);
}

/** The rows in the order of the keys; rows that are equal keep their order. */
export async function sortRows(table: Batch, keys: readonly SortKey[], context: QueryContext): Promise<Batch> {
  if (table.rowCount < 2) return table;
  const evaluators = await prepareAll(
    keys.map(({ expression }) => expression),
    context,
  );
  const comparators = keys.map((key, index) =>
    comparator(key, (evaluators[index] as (typeof evaluators)[number])(table), table.rowCount),
  );
  const compare: RowComparator = (a, b) => {
    for (const compareKey of comparators) {
      const order = compareKey(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
  return table.gather(await sortIndices(table.rowCount, compare, context.pause));
}

type RowComparator = (a: number, b: number) => number;

function comparator({ direction, nulls }: SortKey, vector: Vector, rowCount: number): RowComparator {
  const sign = direction === 'asc' ? 1 : -1;
  const rankOf = missingReader(vector);
  const missingFirst = nulls === 'first' ? -1 : 1;
  const compare = presentComparator(vector, rowCount);
  return (a, b) => {
    const rankA = rankOf(a);
    const rankB = rankOf(b);
    if (rankA !== rankB) return missingFirst * (rankA - rankB);
    return rankA > 0 ? 0 : sign * compare(a, b);
  };
}

/** 0 for a value, 1 for NaN, 2 for null: NaN stands between the values and the nulls, at either end (sort page). */
function missingReader(vector: Vector): (row: number) => number {
  const isNull = nullReader(vector);
  if (vector.kind !== 'real') return (row) => (isNull(row) ? 2 : 0);
  return (row) => (isNull(row) ? 2 : Number.isNaN(vector.data[row]) ? 1 : 0);
}

function presentComparator(vector: Vector, rowCount: number): RowComparator {
  if (
    vector.kind === 'int' ||
    vector.kind === 'real' ||
    (vector.kind === 'int64' && vector.data instanceof Float64Array)
  ) {
    const data = vector.data as Float64Array;
    // Not a difference: infinities would give NaN.
    return (a, b) =>
      (data[a] as number) < (data[b] as number) ? -1 : (data[a] as number) > (data[b] as number) ? 1 : 0;
  }
  if (
    vector.kind === 'pooled' &&
    vector.type === 'string' &&
    vector.codes !== undefined &&
    vector.values.length <= rowCount
  ) {
    return rankComparator(vector.values as readonly string[], vector.codes);
  }
  const read = valueReader(vector);
  return (a, b) => compareValues(read(a) as Value, read(b) as Value, vector.type);
}

/** Sorts the distinct values once and then compares their ranks. */
function rankComparator(values: readonly string[], codes: Int32Array): RowComparator {
  const order = values
    .map((_, code) => code)
    .sort((a, b) => compareValues(values[a] as string, values[b] as string, 'string'));
  const ranks = new Int32Array(values.length);
  let rank = 0;
  for (const [position, code] of order.entries()) {
    if (position > 0 && values[order[position - 1] as number] !== values[code]) rank++;
    ranks[code] = rank;
  }
  return (a, b) => (ranks[codes[a] as number] as number) - (ranks[codes[b] as number] as number);
}

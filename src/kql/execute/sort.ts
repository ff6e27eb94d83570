import type { Batch } from '../columns/batch.ts';
import { nullReader, type Vector, valueReader } from '../columns/column.ts';
import type { SortKey, SortPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { compareValues } from '../values/compare.ts';
import type { Value } from '../values/value.ts';
import { collect } from './collect.ts';
import { prepareAll } from './prepare.ts';
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
  const indices = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  indices.sort((a, b) => {
    for (const compare of comparators) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return a - b;
  });
  return table.gather(indices);
}

type RowComparator = (a: number, b: number) => number;

function comparator({ direction, nulls }: SortKey, vector: Vector, rowCount: number): RowComparator {
  const sign = direction === 'asc' ? 1 : -1;
  const isMissing = missingReader(vector);
  const missingFirst = nulls === 'first' ? -1 : 1;
  const compare = presentComparator(vector, rowCount);
  return (a, b) => {
    const missingA = isMissing(a);
    const missingB = isMissing(b);
    if (missingA || missingB) return missingA === missingB ? 0 : missingA ? missingFirst : -missingFirst;
    return sign * compare(a, b);
  };
}

/** NaN sorts with the nulls. */
function missingReader(vector: Vector): (row: number) => boolean {
  const isNull = nullReader(vector);
  if (vector.kind !== 'real') return isNull;
  return (row) => isNull(row) || Number.isNaN(vector.data[row]);
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

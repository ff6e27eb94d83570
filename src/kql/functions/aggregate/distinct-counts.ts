import { type NullMask, nullReader, type Vector } from '../../columns/column.ts';
import { createKeyEncoder } from '../../columns/key-encoder.ts';
import { Scratch } from '../../columns/scratch.ts';
import type { ColumnType } from '../../values/value.ts';
import type { AggregateCall, AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { DistinctPairs } from '../distinct-pairs.ts';
import { narrowSums } from '../grouped-sums.ts';
import { conditional } from './condition.ts';

/** Counts the distinct values of each group: pairs of (group, number of the value) that were not met before. */
function countDistinct({ types }: AggregateCall): GroupedAccumulator {
  const encoder = createKeyEncoder(types[0] as ColumnType);
  const pairs = new DistinctPairs();
  const counts = narrowSums();
  const scratch = new Scratch();
  return {
    update(groups, rowCount, groupCount, args) {
      const vector = args[0] as Vector;
      const totals = counts.reserve(groupCount);
      const ids = encoder.encode(vector, scratch.ints(rowCount), true);
      pairs.reserve(groupCount, encoder.size);
      pairs.countNew(groups, ids, totals, nullsOf(vector, rowCount));
    },
    finish: (groupCount) => [
      {
        kind: 'int64',
        type: 'long',
        length: groupCount,
        data: counts.reserve(groupCount).slice(0, groupCount),
        nulls: undefined,
      },
    ],
  };
}

/** The rows that are null, as ones; undefined where none is. A string is never null. */
function nullsOf(vector: Vector, rowCount: number): NullMask {
  if (vector.type === 'string') return undefined;
  if (vector.kind !== 'constant' && vector.kind !== 'pooled') return vector.nulls;
  const isNull = nullReader(vector);
  const nulls = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) nulls[row] = isNull(row) ? 1 : 0;
  return nulls;
}

const distinct: AggregateFunction = {
  name: 'count_distinct',
  signature: 'count_distinct(expression: scalar): long',
  summary: 'The number of distinct values that are not null.',
  page: 'count-distinct-aggregation-function',
  parameters: ['any'],
  returns: () => 'long',
  create: countDistinct,
};

// The service estimates beyond about a thousand values (HyperLogLog over a hash that is not published); the exact count
// is what its estimate stands for, and agrees with it where it is exact.
const dcount: AggregateFunction = {
  ...distinct,
  name: 'dcount',
  signature: 'dcount(expression: scalar [, accuracy: int]): long',
  summary: 'The number of distinct values that are not null; exact here, an estimate in the service beyond a thousand.',
  page: 'dcount-aggregation-function',
  parameters: ['any', 'any'],
  optional: 1,
};

export const distinctCounts: readonly AggregateFunction[] = [
  distinct,
  conditional(distinct, {
    name: 'count_distinctif',
    signature: 'count_distinctif(expression: scalar, condition: bool): long',
    page: 'count-distinctif-aggregation-function',
  }),
  dcount,
  conditional(dcount, {
    name: 'dcountif',
    signature: 'dcountif(expression: scalar, condition: bool [, accuracy: int]): long',
    page: 'dcountif-aggregation-function',
  }),
];

import type { Vector } from '../../columns/column.ts';
import { valueReader } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { AggregateCall, AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { foldAggregate } from '../fold-aggregate.ts';
import { GroupedValues } from '../grouped-values.ts';
import { decodeSet, encodeSet, setItem, unionSets, type ValueSet } from '../hyperloglog.ts';
import { type Digest, decodeDigest, digestOf, encodeDigest, mergeDigests } from '../tdigest.ts';
import { conditional } from './condition.ts';

function createDigest({ types }: AggregateCall): GroupedAccumulator {
  const type = types[0] as ColumnType;
  const values = new GroupedValues(type, true);
  return {
    update(groups, rowCount, _groupCount, args) {
      const weights = args[1] === undefined ? undefined : valueReader(args[1] as Vector);
      values.add(groups, rowCount, args[0] as Vector, (row) => (weights === undefined ? 1 : Number(weights(row) ?? 0)));
    },
    finish(groupCount) {
      const digests = values.sorted(groupCount).map((group) => {
        const entries = Array.from({ length: group.count }, (_, at) => ({
          value: group.value(at),
          weight: group.weight(at),
        }));
        return encodeDigest(digestOf(type, entries));
      });
      return [columnOf('dynamic', digests)];
    },
  };
}

const mergeDigestColumn = (): GroupedAccumulator =>
  foldAggregate<Digest[]>('dynamic', {
    initial: () => [],
    step(digests, [value]) {
      const digest = decodeDigest(value as Value);
      if (digest !== undefined) digests.push(digest);
      return digests;
    },
    result(digests) {
      const merged = mergeDigests(digests);
      return merged === undefined ? null : encodeDigest(merged);
    },
  });

const createSet = ({ types }: AggregateCall): GroupedAccumulator =>
  foldAggregate<Set<string>>('dynamic', {
    initial: () => new Set(),
    step: (items, [value]) => (value === null ? items : items.add(setItem(value as Value, types[0] as ColumnType))),
    result: encodeSet,
  });

const mergeSetColumn = (): GroupedAccumulator =>
  foldAggregate<ValueSet[]>('dynamic', {
    initial: () => [],
    step(sets, [value]) {
      const set = decodeSet(value as Value);
      if (set !== undefined) sets.push(set);
      return sets;
    },
    result: (sets) => encodeSet(unionSets(sets)),
  });

const hll: AggregateFunction = {
  name: 'hll',
  signature: 'hll(expression: scalar [, accuracy: int]): dynamic',
  summary: 'What dcount() counts with, to be stored and merged; exact here, and readable by this engine only.',
  page: 'hll-aggregation-function',
  parameters: ['any', 'any'],
  optional: 1,
  returns: () => 'dynamic',
  create: createSet,
};

export const sketches: readonly AggregateFunction[] = [
  hll,
  conditional(hll, {
    name: 'hll_if',
    signature: 'hll_if(expression: scalar, condition: bool [, accuracy: int]): dynamic',
    page: 'hll-if-aggregation-function',
  }),
  {
    name: 'hll_merge',
    signature: 'hll_merge(hll: dynamic): dynamic',
    summary: 'All values of hll() in one.',
    page: 'hll-merge-aggregation-function',
    parameters: ['dynamic'],
    returns: () => 'dynamic',
    create: mergeSetColumn,
  },
  {
    name: 'tdigest',
    signature: 'tdigest(expression: number [, weight: long]): dynamic',
    summary:
      'What percentiles are computed from, to be stored and merged; exact here, and readable by this engine only.',
    page: 'tdigest-aggregation-function',
    parameters: ['any', 'any'],
    optional: 1,
    returns: () => 'dynamic',
    create: createDigest,
  },
  {
    name: 'tdigest_merge',
    aliases: ['merge_tdigest'],
    signature: 'tdigest_merge(digest: dynamic): dynamic',
    summary: 'All values of tdigest() in one.',
    page: 'tdigest-merge-aggregation-function',
    parameters: ['dynamic'],
    returns: () => 'dynamic',
    create: mergeDigestColumn,
  },
];

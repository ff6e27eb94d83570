import { convertValue, dynamicScalarType, toDynamic } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import { type ColumnType, columnTypes, type Value } from '../../values/value.ts';
import { decodeSet, encodeSet, unionSets } from '../hyperloglog.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import {
  type Digest,
  decodeDigest,
  digestPercentile,
  digestRank,
  digestWeight,
  encodeDigest,
  mergeDigests,
} from '../tdigest.ts';

/** The type that a `typeof(…)` argument names; undefined where there is none. */
const namedType = (value: Value | undefined): ColumnType | undefined => columnTypes.find((name) => name === value);

const percentileAs = (digest: Value, percentage: Value, type: ColumnType | undefined): Value => {
  const known = decodeDigest(digest);
  if (known === undefined) return null;
  const value = digestPercentile(known, Number(percentage));
  return type === undefined ? toDynamic(value, known.type) : convertValue(value, known.type, type);
};

const percentilesOf = (digest: Value, percentages: readonly Value[]): DynamicValue => {
  const known = decodeDigest(digest);
  if (known === undefined) return null;
  return percentages.map((percentage) => toDynamic(digestPercentile(known, Number(percentage)), known.type));
};

/** The rank of a value of any type in a digest, after conversion to the digest's own type. */
const rankBy =
  (rank: (digest: Digest, value: Value) => number) =>
  (_context: unknown, _constants: unknown, types: readonly ColumnType[]): Evaluate =>
  (digest: Value, value: Value) => {
    const known = decodeDigest(digest);
    if (known === undefined) return null;
    const from = types[1] === 'dynamic' ? dynamicScalarType(value as DynamicValue) : types[1];
    const converted = from === undefined ? null : convertValue(value, types[1] as ColumnType, known.type);
    return converted === null ? null : rank(known, converted);
  };

export const sketchFunctions: readonly ScalarFunction[] = [
  {
    name: 'dcount_hll',
    signature: 'dcount_hll(hll: dynamic): long',
    summary: 'How many distinct values an hll() holds.',
    page: 'dcount-hll-function',
    overloads: [
      {
        parameters: ['dynamic'],
        returns: 'long',
        evaluate: (hll: Value) => {
          const set = decodeSet(hll);
          return set === undefined ? null : BigInt(set.size);
        },
      },
    ],
  },
  {
    name: 'hll_merge',
    signature: 'hll_merge(hll: dynamic, hll: dynamic, …): dynamic',
    summary: 'All values of several hll() in one.',
    page: 'hll-merge-function',
    overloads: [
      {
        parameters: ['dynamic', 'dynamic'],
        rest: 'dynamic',
        returns: 'dynamic',
        nulls: 'pass',
        evaluate: (...hlls: Value[]) => encodeSet(unionSets(hlls.flatMap((hll) => decodeSet(hll) ?? []))),
      },
    ],
  },
  {
    name: 'merge_tdigest',
    aliases: ['tdigest_merge'],
    signature: 'merge_tdigest(digest: dynamic, digest: dynamic, …): dynamic',
    summary: 'All values of several tdigest() in one.',
    page: 'merge-tdigest-function',
    overloads: [
      {
        parameters: ['dynamic', 'dynamic'],
        rest: 'dynamic',
        returns: 'dynamic',
        nulls: 'pass',
        evaluate: (...digests: Value[]) => {
          const merged = mergeDigests(digests.flatMap((digest) => decodeDigest(digest) ?? []));
          return merged === undefined ? null : encodeDigest(merged);
        },
      },
    ],
  },
  {
    name: 'percentile_tdigest',
    signature: 'percentile_tdigest(digest: dynamic, percentile: real [, typeof(type)])',
    summary: 'The value below which the stated share of the values of a tdigest() lies.',
    page: 'percentile-tdigest-function',
    overloads: [
      {
        parameters: ['dynamic', 'number', 'string'],
        optional: 1,
        returns: (_types, constants) => namedType(constants[2]) ?? 'dynamic',
        prepare: (_context, constants) => {
          const type = namedType(constants[2]);
          return (digest: Value, percentage: Value) => percentileAs(digest, percentage, type);
        },
      },
    ],
  },
  {
    name: 'percentiles_array_tdigest',
    aliases: ['percentile_array_tdigest'],
    signature: 'percentiles_array_tdigest(digest: dynamic, percentiles: dynamic | percentile: real, …): dynamic',
    summary: 'Several percentiles of a tdigest() as an array.',
    page: 'percentile-array-tdigest-function',
    overloads: [
      {
        parameters: ['dynamic', 'any'],
        rest: 'any',
        returns: 'dynamic',
        evaluate: (digest: Value, first: Value, ...rest: Value[]) =>
          percentilesOf(digest, isArray(first) ? first : [first, ...rest]),
      },
    ],
  },
  {
    name: 'rank_tdigest',
    signature: 'rank_tdigest(digest: dynamic, value: scalar): real',
    summary: 'How many values of a tdigest() are not larger than the value.',
    page: 'rank-tdigest-function',
    overloads: [{ parameters: ['dynamic', 'any'], returns: 'real', prepare: rankBy(digestRank) }],
  },
  {
    name: 'percentrank_tdigest',
    signature: 'percentrank_tdigest(digest: dynamic, value: scalar): real',
    summary: 'The share of the values of a tdigest() that are not larger than the value, from 0 to 100.',
    page: 'percentrank-tdigest-function',
    overloads: [
      {
        parameters: ['dynamic', 'any'],
        returns: 'real',
        prepare: rankBy((digest, value) => (100 * digestRank(digest, value)) / digestWeight(digest)),
      },
    ],
  },
];

import { compareValues } from '../values/compare.ts';
import { convertValue, toDynamic } from '../values/convert.ts';
import { type DynamicValue, isArray, isBag } from '../values/dynamic.ts';
import { type ColumnType, columnTypes, type Value } from '../values/value.ts';
import { percentileOf } from './aggregate/percentiles.ts';
import type { SortedGroup } from './grouped-values.ts';

/**
 * The values that a t-digest stands for, ascending, each distinct one with its weight. The service keeps an
 * approximation (T. Dunning, O. Ertl, Computing extremely accurate quantiles using t-digests); this one is exact.
 */
export type Digest = {
  readonly type: ColumnType;
  readonly values: readonly Value[];
  readonly weights: readonly number[];
};

/** The digest as a dynamic value, so that it travels through tables like the service's. */
export const encodeDigest = ({ type, values, weights }: Digest): DynamicValue =>
  values.length === 0
    ? null
    : new Map<string, DynamicValue>([
        ['type', type],
        ['values', values.map((value) => toDynamic(value, type))],
        ['weights', [...weights]],
      ]);

/** The digest that a dynamic value holds; undefined where it holds none. */
export function decodeDigest(value: Value): Digest | undefined {
  if (!isBag(value)) return undefined;
  const type = columnTypes.find((name) => name === value.get('type'));
  const values = value.get('values');
  const weights = value.get('weights');
  if (type === undefined || !isArray(values) || !isArray(weights)) return undefined;
  return { type, values: values.map((item) => convertValue(item, 'dynamic', type)), weights: weights.map(Number) };
}

/** All values of the digests in one; undefined where there is none. */
export function mergeDigests(digests: readonly Digest[]): Digest | undefined {
  const type = digests[0]?.type;
  if (type === undefined) return undefined;
  const entries = digests.flatMap(({ values, weights }) =>
    values.map((value, at) => ({ value, weight: weights[at] as number })),
  );
  return digestOf(type, entries);
}

/** A digest of values in any order, none of them null. */
export function digestOf(
  type: ColumnType,
  entries: readonly { readonly value: Value; readonly weight: number }[],
): Digest {
  const sorted = [...entries].sort((a, b) => compareValues(a.value, b.value, type));
  const values: Value[] = [];
  const weights: number[] = [];
  for (const { value, weight } of sorted) {
    const last = values.length - 1;
    if (last >= 0 && compareValues(values[last] as Value, value, type) === 0) (weights[last] as number) += weight;
    else {
      values.push(value);
      weights.push(weight);
    }
  }
  return { type, values, weights };
}

export const digestPercentile = ({ values, weights }: Digest, percentage: number): Value => {
  const group: SortedGroup = {
    count: values.length,
    value: (at) => values[at] as Value,
    weight: (at) => weights[at] as number,
  };
  return percentileOf(group, percentage);
};

/** How many values are not larger than the value given. */
export function digestRank({ type, values, weights }: Digest, value: Value): number {
  let rank = 0;
  for (const [at, known] of values.entries()) {
    if (compareValues(known, value, type) <= 0) rank += weights[at] as number;
  }
  return rank;
}

export const digestWeight = ({ weights }: Digest): number => weights.reduce((sum, weight) => sum + weight, 0);

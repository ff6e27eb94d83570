import { toDynamic } from '../../values/convert.ts';
import { type DynamicArray, type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { dynamicKey } from '../dynamic-order.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** Items by key, in the order of their first appearance. */
const byKey = (array: DynamicArray): Map<string, DynamicValue> => {
  const items = new Map<string, DynamicValue>();
  for (const item of array) {
    const key = dynamicKey(item);
    if (!items.has(key)) items.set(key, item);
  }
  return items;
};

/** A function of sets; null where an argument is no array. */
const ofSets =
  (combine: (first: Map<string, DynamicValue>, others: readonly Map<string, DynamicValue>[]) => Value) =>
  (...values: DynamicValue[]): Value => {
    const sets = values.map((value) => (isArray(value) ? byKey(value) : undefined));
    const [first, ...others] = sets;
    if (first === undefined || others.includes(undefined)) return null;
    return combine(first, others as Map<string, DynamicValue>[]);
  };

type Sets = readonly Map<string, DynamicValue>[];

const union = (first: Map<string, DynamicValue>, others: Sets): DynamicValue => {
  const all = new Map(first);
  for (const other of others) for (const [key, item] of other) if (!all.has(key)) all.set(key, item);
  return [...all.values()];
};

const intersection = (first: Map<string, DynamicValue>, others: Sets): DynamicValue[] =>
  [...first].filter(([key]) => others.every((other) => other.has(key))).map(([, item]) => item);

const difference = (first: Map<string, DynamicValue>, others: Sets): DynamicValue =>
  [...first].filter(([key]) => !others.some((other) => other.has(key))).map(([, item]) => item);

const sameSets = (first: Map<string, DynamicValue>, others: Sets): boolean =>
  others.every((other) => other.size === first.size && [...first.keys()].every((key) => other.has(key)));

/** |A ∩ B| / |A ∪ B|; NaN of two empty sets. */
function jaccard(first: Map<string, DynamicValue>, others: Sets): number {
  const common = intersection(first, others).length;
  const all = new Set([first, ...others].flatMap((set) => [...set.keys()])).size;
  return common / all;
}

export const sets: readonly ScalarFunction[] = [
  singleOverload(
    { name: 'set_union', signature: 'set_union(set, …): dynamic', summary: 'The distinct items of several arrays.' },
    ['dynamic'],
    'dynamic',
    { rest: 'dynamic', evaluate: ofSets(union) },
  ),
  singleOverload(
    {
      name: 'set_intersect',
      signature: 'set_intersect(set, …): dynamic',
      summary: 'The distinct items that all arrays have.',
    },
    ['dynamic'],
    'dynamic',
    { rest: 'dynamic', evaluate: ofSets(intersection) },
  ),
  singleOverload(
    {
      name: 'set_difference',
      signature: 'set_difference(set1, set2, …): dynamic',
      summary: 'The distinct items of the first array that no other has.',
    },
    ['dynamic'],
    'dynamic',
    { rest: 'dynamic', evaluate: ofSets(difference) },
  ),
  singleOverload(
    {
      name: 'set_equals',
      signature: 'set_equals(set1: dynamic, set2: dynamic): bool',
      summary: 'Whether two arrays have the same distinct items.',
    },
    ['dynamic', 'dynamic'],
    'bool',
    { evaluate: ofSets(sameSets) },
  ),
  singleOverload(
    {
      name: 'set_has_element',
      signature: 'set_has_element(set: dynamic, value): bool',
      summary: 'Whether an array has an item.',
    },
    ['dynamic', 'any'],
    'bool',
    {
      prepare: (_context, _constants, types) => (set: DynamicValue, value: Value) => {
        if (!isArray(set)) return null;
        const key = dynamicKey(toDynamic(value, types[1] as ColumnType));
        return set.some((item) => dynamicKey(item) === key);
      },
    },
  ),
  singleOverload(
    {
      name: 'jaccard_index',
      signature: 'jaccard_index(set1: dynamic, set2: dynamic): real',
      summary: 'The size of the intersection of two sets over that of their union.',
    },
    ['dynamic', 'dynamic'],
    'real',
    { evaluate: ofSets(jaccard) },
  ),
];

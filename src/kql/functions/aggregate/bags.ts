import { type DynamicValue, isBag } from '../../values/dynamic.ts';
import type { Value } from '../../values/value.ts';
import type { AggregateFunction } from '../aggregate-function.ts';
import { foldAggregate } from '../fold-aggregate.ts';
import { conditional } from './condition.ts';
import { LEGACY_LIST_SIZE, listLimit, MAX_LIST_SIZE } from './lists.ts';

/** One bag of all keys; of several values of a key the first stays (the service says: an arbitrary one). */
const mergeBags = (limit: number) =>
  foldAggregate<Map<string, DynamicValue>>('dynamic', {
    initial: () => new Map(),
    step(merged, [value]: readonly Value[]) {
      if (!isBag(value)) return merged;
      for (const [key, item] of value) if (!merged.has(key) && merged.size < limit) merged.set(key, item);
      return merged;
    },
    result: (merged) => merged,
  });

const bag = (name: string, byDefault: number): AggregateFunction => ({
  name,
  signature: `${name}(bag: dynamic [, maxSize: int]): dynamic`,
  summary: 'One property bag with the keys of all bags of the group; values that are no bags are left out.',
  page: 'make-bag-aggregation-function',
  parameters: ['dynamic', 'any'],
  optional: 1,
  returns: () => 'dynamic',
  create: ({ constants }) => mergeBags(listLimit(constants[1], byDefault)),
});

const makeBag = bag('make_bag', MAX_LIST_SIZE);

export const bags: readonly AggregateFunction[] = [
  makeBag,
  conditional(makeBag, {
    name: 'make_bag_if',
    signature: 'make_bag_if(bag: dynamic, condition: bool [, maxSize: int]): dynamic',
    page: 'make-bag-if-aggregation-function',
  }),
  bag('make_dictionary', LEGACY_LIST_SIZE),
];

import type { QueryMutation } from '../query-mutation.ts';
import { aggregateSwapped } from './aggregate-swapped.ts';
import { alternativeDropped } from './alternative-dropped.ts';
import { andOrSwapped } from './and-or-swapped.ts';
import { arithmeticSwapped } from './arithmetic-swapped.ts';
import { caseFoldingDropped } from './case-folding-dropped.ts';
import { comparisonFlipped } from './comparison-flipped.ts';
import { comparisonReversed } from './comparison-reversed.ts';
import { inputDropped } from './input-dropped.ts';
import { joinKindChanged } from './join-kind-changed.ts';
import { groupKeyDropped, joinKeyDropped } from './key-dropped.ts';
import { listItemDropped } from './list-item-dropped.ts';
import { conjunctDropped, disjunctDropped, whereDropped } from './predicate-dropped.ts';
import { predicateNegated } from './predicate-negated.ts';
import { thresholdHalfMore, thresholdMinusOne, thresholdPlusOne } from './threshold-changed.ts';
import { timespanDoubled, timespanHalved } from './timespan-changed.ts';

/** Every kind of change to a query. */
export const queryMutations: readonly QueryMutation[] = [
  comparisonFlipped,
  comparisonReversed,
  caseFoldingDropped,
  predicateNegated,
  thresholdPlusOne,
  thresholdMinusOne,
  thresholdHalfMore,
  timespanDoubled,
  timespanHalved,
  arithmeticSwapped,
  whereDropped,
  conjunctDropped,
  disjunctDropped,
  andOrSwapped,
  listItemDropped,
  alternativeDropped,
  joinKindChanged,
  joinKeyDropped,
  inputDropped,
  groupKeyDropped,
  aggregateSwapped,
];

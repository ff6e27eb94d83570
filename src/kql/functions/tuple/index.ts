import { sortTuples } from '../scalar/array-order.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { seriesDecompositions } from './series-decompose.ts';
import { seriesFits } from './series-fit.ts';
import { seriesFrequencies } from './series-frequency.ts';

/** Every function that yields several columns; its value is an array of theirs, in the binder's order. */
export const tupleFunctions: readonly ScalarFunction[] = [
  ...seriesDecompositions,
  ...seriesFits,
  ...seriesFrequencies,
  ...sortTuples,
];

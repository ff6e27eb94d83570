import type { AggregateFunction } from '../aggregate-function.ts';
import { argExtremes } from './arg-extremes.ts';
import { averages } from './averages.ts';
import { counts } from './counts.ts';
import { distinctCounts } from './distinct-counts.ts';
import { extremes } from './extremes.ts';
import { lists } from './lists.ts';
import { percentiles } from './percentiles.ts';
import { sums } from './sums.ts';
import { takeAnys } from './take-any.ts';
import { variances } from './variances.ts';

/** Every aggregate function, family by family. */
export const aggregateFunctions: readonly AggregateFunction[] = [
  ...counts,
  ...sums,
  ...averages,
  ...extremes,
  ...variances,
  ...distinctCounts,
  ...lists,
  ...argExtremes,
  ...takeAnys,
  ...percentiles,
];

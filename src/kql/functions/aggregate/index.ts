import type { AggregateFunction } from '../aggregate-function.ts';
import { argExtremes } from './arg-extremes.ts';
import { averages } from './averages.ts';
import { bags } from './bags.ts';
import { bitwise } from './bitwise.ts';
import { buildSchema } from './build-schema.ts';
import { counts } from './counts.ts';
import { covariances } from './covariances.ts';
import { distinctCounts } from './distinct-counts.ts';
import { extremes } from './extremes.ts';
import { lists } from './lists.ts';
import { percentiles } from './percentiles.ts';
import { sketches } from './sketches.ts';
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
  ...covariances,
  ...distinctCounts,
  ...lists,
  ...bags,
  ...argExtremes,
  ...takeAnys,
  ...percentiles,
  ...sketches,
  ...bitwise,
  ...buildSchema,
];

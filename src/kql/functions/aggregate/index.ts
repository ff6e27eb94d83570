import type { AggregateFunction } from '../aggregate-function.ts';
import { counts } from './counts.ts';

/** Every aggregate function, family by family. */
export const aggregateFunctions: readonly AggregateFunction[] = [...counts];

import type { ScalarFunction } from '../scalar-function.ts';
import { arithmetic } from './arithmetic.ts';
import { comparisons } from './comparison.ts';
import { logical } from './logical.ts';

/** Every scalar function and operator, family by family. */
export const scalarFunctions: readonly ScalarFunction[] = [...arithmetic, ...comparisons, ...logical];

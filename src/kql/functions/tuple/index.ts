import type { ScalarFunction } from '../scalar-function.ts';

/** Every function that yields several columns; its value is an array of theirs, in the binder's order. */
export const tupleFunctions: readonly ScalarFunction[] = [];

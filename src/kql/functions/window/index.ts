import type { WindowFunction } from '../window-function.ts';

/** Every window function. */
export const windowFunctions: readonly WindowFunction[] = [];

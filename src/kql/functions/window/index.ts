import type { WindowFunction } from '../window-function.ts';
import { neighbours } from './neighbour.ts';
import { rowCumsums } from './row-cumsum.ts';
import { rowNumbers } from './row-number.ts';
import { rowRanks } from './row-rank.ts';
import { rowWindowSessions } from './row-window-session.ts';

/** Every window function. */
export const windowFunctions: readonly WindowFunction[] = [
  ...neighbours,
  ...rowCumsums,
  ...rowNumbers,
  ...rowRanks,
  ...rowWindowSessions,
];

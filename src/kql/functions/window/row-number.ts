import { valueAt } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import type { WindowFunction } from '../window-function.ts';
import { restartReader } from './restart.ts';

export const rowNumbers: readonly WindowFunction[] = [
  {
    name: 'row_number',
    signature: 'row_number([startingIndex: long [, restart: bool]]): long',
    summary: 'The number of each row, counted from the starting index (1), again after each restart.',
    page: 'row-number-function',
    parameters: ['long', 'bool'],
    optional: 2,
    returns: () => 'long',
    evaluate: ([start, restart], rowCount) => {
      const first = start === undefined || rowCount === 0 ? 1n : BigInt((valueAt(start, 0) ?? 1n) as bigint | number);
      const restarts = restartReader(restart);
      let next = first;
      return columnOf(
        'long',
        Array.from({ length: rowCount }, (_, row) => {
          if (restarts(row)) next = first;
          return next++;
        }),
      );
    },
  },
];

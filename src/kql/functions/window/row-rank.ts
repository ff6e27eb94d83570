import { type Vector, valueReader } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import { compareValues } from '../../values/compare.ts';
import type { Value } from '../../values/value.ts';
import type { WindowFunction } from '../window-function.ts';
import { restartReader } from './restart.ts';

/** A rank that changes where the term differs from the row before; `next` gives the new rank. */
const rank = (
  name: string,
  summary: string,
  page: string,
  next: (rank: number, rowsSinceRestart: number) => number,
): WindowFunction => ({
  name,
  signature: `${name}(term [, restart: bool]): long`,
  summary,
  page,
  parameters: ['any', 'bool'],
  optional: 1,
  returns: () => 'long',
  evaluate: ([terms, restart], rowCount) => {
    const { type } = terms as Vector;
    const read = valueReader(terms as Vector);
    const restarts = restartReader(restart);
    const same = (a: Value, b: Value): boolean =>
      a === null || b === null ? a === b : compareValues(a, b, type) === 0 || (Number.isNaN(a) && Number.isNaN(b));
    let previous: Value = null;
    let current = 0;
    let rows = 0;
    return columnOf(
      'long',
      Array.from({ length: rowCount }, (_, row) => {
        const term = read(row);
        if (restarts(row)) {
          current = 0;
          rows = 0;
        }
        rows++;
        if (rows === 1 || !same(previous, term)) current = next(current, rows);
        previous = term;
        return BigInt(current);
      }),
    );
  },
});

export const rowRanks: readonly WindowFunction[] = [
  rank(
    'row_rank_dense',
    'The rank of each row by its term; equal neighbours share a rank and none is left out.',
    'row-rank-dense-function',
    (current) => current + 1,
  ),
  rank(
    'row_rank_min',
    'The rank of each row by its term: equal neighbours share the number of the first of them.',
    'row-rank-min-function',
    (_current, rows) => rows,
  ),
];

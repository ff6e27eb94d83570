import { type Vector, valueReader } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import type { Value } from '../../values/value.ts';
import type { WindowFunction } from '../window-function.ts';
import { restartReader } from './restart.ts';

export const rowWindowSessions: readonly WindowFunction[] = [
  {
    name: 'row_window_session',
    signature:
      'row_window_session(expr: datetime, maxDistanceFromFirst: timespan, maxDistanceBetweenNeighbors: timespan [, restart: bool]): datetime',
    summary:
      'The start of the session of each row: a session ends where a row is as far from its first, or from the row before, as the distances say.',
    page: 'row-window-session-function',
    parameters: ['datetime', 'timespan', 'timespan', 'bool'],
    optional: 1,
    returns: () => 'datetime',
    evaluate: ([times, fromFirst, betweenNeighbours, restart], rowCount) => {
      const [readTime, readFirst, readNeighbour] = [times, fromFirst, betweenNeighbours].map((vector) =>
        valueReader(vector as Vector),
      ) as [ReturnType<typeof valueReader>, ReturnType<typeof valueReader>, ReturnType<typeof valueReader>];
      const restarts = restartReader(restart);
      let first: bigint | null = null;
      let previous: bigint | null = null;
      return columnOf(
        'datetime',
        Array.from({ length: rowCount }, (_, row): Value => {
          const time = readTime(row) as bigint | null;
          if (time === null) {
            first = null;
          } else if (
            first === null ||
            previous === null ||
            restarts(row) ||
            time - first >= (readFirst(row) as bigint) ||
            time - previous >= (readNeighbour(row) as bigint)
          ) {
            first = time;
          }
          previous = time;
          return first;
        }),
      );
    },
  },
];

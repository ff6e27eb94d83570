import { datetimeOrNull } from '../../values/datetime.ts';
import type { ScalarFunction } from '../scalar-function.ts';

export const currentTime: readonly ScalarFunction[] = [
  {
    name: 'now',
    signature: 'now([offset: timespan]): datetime',
    summary: 'The time at which the query started, moved by an offset; the same everywhere in a query.',
    page: 'now-function',
    overloads: [
      {
        parameters: ['timespan'],
        optional: 1,
        returns: 'datetime',
        prepare:
          ({ nowTicks }) =>
          (offset: bigint = 0n) =>
            datetimeOrNull(nowTicks + offset),
      },
    ],
  },
  {
    name: 'ago',
    signature: 'ago(timespan: timespan): datetime',
    summary: 'The time at which the query started, less a timespan.',
    page: 'ago-function',
    overloads: [
      {
        parameters: ['timespan'],
        returns: 'datetime',
        prepare:
          ({ nowTicks }) =>
          (span: bigint) =>
            datetimeOrNull(nowTicks - span),
      },
    ],
  },
];

import { datetimeOrNull, daysFromMonths, monthsFromDays, TICKS_PER_DAY } from '../../values/datetime.ts';
import { dayTicksKernel } from '../day-kernel.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** The first day (since 0001-01-01) of the period `offset` periods after the one that holds `day`. */
type PeriodStart = (day: number, offset: number) => number;

/** 0001-01-01 was a Monday, weeks start on Sunday. */
const startOfWeek = (day: number): number => day - ((day + 1) % 7);

const periods: readonly (readonly [name: string, start: PeriodStart])[] = [
  ['day', (day, offset) => day + offset],
  ['week', (day, offset) => startOfWeek(day) + 7 * offset],
  ['month', (day, offset) => daysFromMonths(monthsFromDays(day) + offset)],
  ['year', (day, offset) => daysFromMonths((Math.floor(monthsFromDays(day) / 12) + offset) * 12)],
];

/** More periods than any datetime can be moved by. */
const MAX_OFFSET = 4_000_000n;

function boundary(start: PeriodStart, extraPeriods: number, extraTicks: bigint) {
  return (date: bigint, offset: bigint = 0n): bigint | null => {
    if (offset > MAX_OFFSET || offset < -MAX_OFFSET) return null;
    const day = start(Number(date / TICKS_PER_DAY), Number(offset) + extraPeriods);
    return datetimeOrNull(BigInt(day) * TICKS_PER_DAY + extraTicks);
  };
}

function periodStart(name: string, start: PeriodStart): ScalarFunction {
  return {
    name: `startof${name}`,
    signature: `startof${name}(date: datetime [, offset: long]): datetime`,
    summary: `The first moment of the ${name} of a datetime, moved by a number of ${name}s.`,
    page: `startof${name}-function`,
    overloads: [
      {
        parameters: ['datetime', 'long'],
        optional: 1,
        returns: 'datetime',
        evaluate: boundary(start, 0, 0n),
        kernel: dayTicksKernel('datetime', (day) => start(day, 0)),
      },
    ],
  };
}

function periodEnd(name: string, start: PeriodStart): ScalarFunction {
  return {
    name: `endof${name}`,
    signature: `endof${name}(date: datetime [, offset: long]): datetime`,
    summary: `The last 100 ns of the ${name} of a datetime, moved by a number of ${name}s.`,
    page: `endof${name}-function`,
    overloads: [
      {
        parameters: ['datetime', 'long'],
        optional: 1,
        returns: 'datetime',
        evaluate: boundary(start, 1, -1n),
      },
    ],
  };
}

export const datetimePeriods: readonly ScalarFunction[] = periods.flatMap(([name, start]) => [
  periodStart(name, start),
  periodEnd(name, start),
]);

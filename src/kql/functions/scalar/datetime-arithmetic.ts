import { KqlError } from '../../kql-error.ts';
import {
  calendarFromTicks,
  datetimeOrNull,
  daysFromMonths,
  daysInMonth,
  monthsFromDays,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
} from '../../values/datetime.ts';
import { wrapLong } from '../../values/int64.ts';
import type { Value } from '../../values/value.ts';
import type { ScalarFunction } from '../scalar-function.ts';

type Part = {
  readonly add: (date: bigint, amount: bigint) => bigint | null;
  /** How many borders of the part lie between two datetimes. */
  readonly difference: (first: bigint, second: bigint) => bigint;
};

const monthOf = (date: bigint): number => monthsFromDays(Number(date / TICKS_PER_DAY));

/** Months away, on the same day of the month or else on the last one. */
function addMonths(date: bigint, amount: bigint): bigint | null {
  const months = BigInt(monthOf(date)) + amount;
  if (months < 0n || months >= 9999n * 12n) return null;
  const first = daysFromMonths(Number(months));
  const { day } = calendarFromTicks(date);
  const length = daysInMonth(Math.floor(Number(months) / 12) + 1, (Number(months) % 12) + 1);
  return BigInt(first + Math.min(day, length) - 1) * TICKS_PER_DAY + (date % TICKS_PER_DAY);
}

const monthsPart = (size: number): Part => ({
  add: (date, amount) => addMonths(date, amount * BigInt(size)),
  difference: (first, second) => BigInt(Math.floor(monthOf(first) / size) - Math.floor(monthOf(second) / size)),
});

const ticksPart = (size: bigint): Part => ({
  add: (date, amount) => datetimeOrNull(date + amount * size),
  difference: (first, second) => first / size - second / size,
});

/** Weeks start on Sunday; 0001-01-01 was a Monday. */
const weekOf = (date: bigint): bigint => (date / TICKS_PER_DAY + 1n) / 7n;

const parts: Readonly<Record<string, Part>> = {
  year: monthsPart(12),
  quarter: monthsPart(3),
  month: monthsPart(1),
  week: { add: ticksPart(7n * TICKS_PER_DAY).add, difference: (first, second) => weekOf(first) - weekOf(second) },
  day: ticksPart(TICKS_PER_DAY),
  hour: ticksPart(TICKS_PER_HOUR),
  minute: ticksPart(TICKS_PER_MINUTE),
  second: ticksPart(TICKS_PER_SECOND),
  millisecond: ticksPart(10_000n),
  microsecond: ticksPart(10n),
  nanosecond: {
    add: (date, amount) => datetimeOrNull(date + amount / 100n),
    difference: (first, second) => wrapLong((first - second) * 100n),
  },
};

function partNamed(name: string, functionName: string): Part {
  const part = parts[name.toLowerCase()];
  if (part === undefined) {
    throw new KqlError('evaluation', `${functionName} knows no period '${name}'`, {
      hint: `the periods are ${Object.keys(parts).join(', ')}`,
    });
  }
  return part;
}

const knownPart = (constant: Value | undefined, functionName: string): Part | undefined =>
  typeof constant === 'string' ? partNamed(constant, functionName) : undefined;

const isWeek = (part: Value | undefined): boolean => typeof part === 'string' && part.toLowerCase() === 'week';

export const datetimeArithmetic: readonly ScalarFunction[] = [
  {
    name: 'datetime_add',
    signature: 'datetime_add(period: string, amount: long, datetime: datetime): datetime',
    summary: 'A datetime moved by a number of periods; months and years stop at the end of a shorter month.',
    page: 'datetime-add-function',
    overloads: [
      {
        parameters: ['string', 'long', 'datetime'],
        returns: 'datetime',
        prepare: (_context, [period]) => {
          const known = knownPart(period, 'datetime_add');
          return (name: string, amount: bigint, date: bigint) =>
            (known ?? partNamed(name, 'datetime_add')).add(date, amount);
        },
      },
    ],
  },
  {
    name: 'datetime_diff',
    signature: 'datetime_diff(period: string, datetime1: datetime, datetime2: datetime): long',
    summary: 'How many borders of a period lie between two datetimes; weeks start on Sunday.',
    page: 'datetime-diff-function',
    overloads: [
      {
        parameters: ['string', 'datetime', 'datetime'],
        // The service computes weeks in reals and says so in the type.
        returns: (_types, [period]) => (isWeek(period) ? 'real' : 'long'),
        prepare: (_context, [period]) => {
          const known = knownPart(period, 'datetime_diff');
          return (name: string, first: bigint, second: bigint) => {
            const borders = (known ?? partNamed(name, 'datetime_diff')).difference(first, second);
            return isWeek(period) ? Number(borders) : borders;
          };
        },
      },
    ],
  },
];

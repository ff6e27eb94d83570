import { KqlError } from '../../kql-error.ts';
import {
  calendarFromTicks,
  civilFromDays,
  daysFromCivil,
  MAX_DATETIME_TICKS,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_SECOND,
} from '../../values/datetime.ts';
import type { Value } from '../../values/value.ts';
import { dayNumberKernel, dayTicksKernel, hourKernel } from '../day-kernel.ts';
import type { ScalarFunction } from '../scalar-function.ts';

const dayOf = (date: bigint): number => Number(date / TICKS_PER_DAY);
const dayOfYear = (day: number): number => day - daysFromCivil(civilFromDays(day).year, 1, 1) + 1;

/** ISO 8601: weeks start on Monday and belong to the year of their Thursday. 0001-01-01 was a Monday. */
const isoWeek = (day: number): number => {
  const thursday = day - (day % 7) + 3;
  return Math.floor((thursday - daysFromCivil(civilFromDays(thursday).year, 1, 1)) / 7) + 1;
};

/** The obsolete weekofyear: weeks start on Sunday and belong to the year of their Wednesday. */
const obsoleteWeek = (day: number): number => {
  const wednesday = day - ((day + 1) % 7) + 3;
  return Math.floor((wednesday - daysFromCivil(civilFromDays(wednesday).year, 1, 1)) / 7) + 1;
};

const LAST_DAY = Number(MAX_DATETIME_TICKS / TICKS_PER_DAY);

/** Days since the Sunday before; null in the last week of year 9999, which does not end within the calendar. */
function dayOfWeek(date: bigint): bigint | null {
  const day = dayOf(date);
  const weekday = (day + 1) % 7;
  return day - weekday + 6 > LAST_DAY ? null : BigInt(weekday) * TICKS_PER_DAY;
}

type DayPart = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly type: 'int' | 'long';
  readonly summary: string;
  readonly page: string;
  readonly ofDay: (day: number) => number;
};

/** getyear and monthofyear give a long in the service, whatever their pages say; the others give an int. */
const dayParts: readonly DayPart[] = [
  {
    name: 'getyear',
    type: 'long',
    summary: 'The year of a datetime.',
    page: 'getyear-function',
    ofDay: (day) => civilFromDays(day).year,
  },
  {
    name: 'monthofyear',
    aliases: ['getmonth'],
    type: 'long',
    summary: 'The month of a datetime, from 1 to 12.',
    page: 'monthofyear-function',
    ofDay: (day) => civilFromDays(day).month,
  },
  {
    name: 'dayofmonth',
    type: 'int',
    summary: 'The day of the month of a datetime, from 1 to 31.',
    page: 'day-of-month-function',
    ofDay: (day) => civilFromDays(day).day,
  },
  {
    name: 'dayofyear',
    type: 'int',
    summary: 'The day of the year of a datetime, from 1 to 366.',
    page: 'day-of-year-function',
    ofDay: dayOfYear,
  },
  {
    name: 'week_of_year',
    type: 'int',
    summary: 'The ISO 8601 week of a datetime.',
    page: 'week-of-year-function',
    ofDay: isoWeek,
  },
  {
    name: 'weekofyear',
    type: 'int',
    summary: 'The week of a datetime, deprecated: weeks start on Sunday and belong to the year of their Wednesday.',
    page: 'week-of-year-function',
    ofDay: obsoleteWeek,
  },
];

const toPart = ({ type, ofDay, ...row }: DayPart): ScalarFunction => ({
  ...row,
  signature: `${row.name}(date: datetime): ${type}`,
  overloads: [
    {
      parameters: ['datetime'],
      returns: type,
      evaluate: (date: bigint) => (type === 'int' ? ofDay(dayOf(date)) : BigInt(ofDay(dayOf(date)))),
      kernel: dayNumberKernel(type, ofDay),
    },
  ],
});

/** datetime_part's names in lower case; fractions count from the start of the second. */
const parts: Readonly<Record<string, (date: bigint) => number | bigint>> = {
  year: (date) => calendarFromTicks(date).year,
  quarter: (date) => Math.ceil(calendarFromTicks(date).month / 3),
  month: (date) => calendarFromTicks(date).month,
  week_of_year: (date) => isoWeek(dayOf(date)),
  weekofyear: (date) => obsoleteWeek(dayOf(date)),
  day: (date) => calendarFromTicks(date).day,
  dayofyear: (date) => dayOfYear(dayOf(date)),
  hour: (date) => calendarFromTicks(date).hour,
  minute: (date) => calendarFromTicks(date).minute,
  second: (date) => calendarFromTicks(date).second,
  millisecond: (date) => (date % TICKS_PER_SECOND) / 10_000n,
  microsecond: (date) => (date % TICKS_PER_SECOND) / 10n,
  nanosecond: (date) => (date % TICKS_PER_SECOND) * 100n,
};

function partReader(name: string): (date: bigint) => bigint {
  const read = parts[name.toLowerCase()];
  if (read === undefined) {
    throw new KqlError('evaluation', `datetime_part knows no part '${name}'`, {
      hint: `the parts are ${Object.keys(parts).join(', ')}`,
    });
  }
  return (date) => BigInt(read(date));
}

export const datetimeParts: readonly ScalarFunction[] = [
  ...dayParts.map(toPart),
  {
    name: 'hourofday',
    signature: 'hourofday(date: datetime): long',
    summary: 'The hour of a datetime, from 0 to 23.',
    page: 'hour-of-day-function',
    overloads: [
      {
        parameters: ['datetime'],
        returns: 'long',
        evaluate: (date: bigint) => (date % TICKS_PER_DAY) / TICKS_PER_HOUR,
        kernel: hourKernel,
      },
    ],
  },
  {
    name: 'dayofweek',
    signature: 'dayofweek(date: datetime): timespan',
    summary: 'The whole days since the Sunday before a datetime, as a timespan.',
    page: 'day-of-week-function',
    overloads: [
      {
        parameters: ['datetime'],
        returns: 'timespan',
        evaluate: dayOfWeek,
        kernel: dayTicksKernel('timespan', (day) => (day + 1) % 7),
      },
    ],
  },
  {
    name: 'datetime_part',
    aliases: ['datepart'],
    signature: 'datetime_part(part: string, datetime: datetime): long',
    summary: 'The named part of a datetime.',
    page: 'datetime-part-function',
    overloads: [
      {
        parameters: ['string', 'datetime'],
        returns: 'long',
        prepare: (_context, [part]: readonly (Value | undefined)[]) => {
          const known = typeof part === 'string' ? partReader(part) : undefined;
          return (name: string, date: bigint) => (known ?? partReader(name))(date);
        },
      },
    ],
  },
];

import { convertValue } from '../../values/convert.ts';
import {
  datetimeOrNull,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
  ticksFromCalendar,
  UNIX_EPOCH_TICKS,
} from '../../values/datetime.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { ScalarFunction, ScalarOverload } from '../scalar-function.ts';

/** Seconds with a fraction as ticks. */
const secondTicks = (seconds: number): number => Math.round(seconds * 1e7);

function makeDatetime(year: bigint, month: bigint, day: bigint, hour = 0n, minute = 0n, seconds = 0): bigint | null {
  if (!(seconds >= 0 && seconds < 60)) return null;
  const start = ticksFromCalendar({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
  });
  return start === null ? null : datetimeOrNull(start + BigInt(secondTicks(seconds)));
}

const MAX_DAYS = 10_675_198n;

/** Hours, minutes and seconds must be those of a clock; days may be any that a timespan holds. */
function makeTimespan(days: bigint, hours: bigint, minutes: bigint, seconds = 0): bigint | null {
  if (days < 0n || days > MAX_DAYS || hours < 0n || hours > 23n || minutes < 0n || minutes > 59n) return null;
  if (!(seconds >= 0 && seconds < 60)) return null;
  return days * TICKS_PER_DAY + hours * TICKS_PER_HOUR + minutes * TICKS_PER_MINUTE + BigInt(secondTicks(seconds));
}

const conversion = (to: ColumnType): ScalarOverload => ({
  parameters: ['any'],
  returns: to,
  prepare:
    (_context, _constants, [from = 'dynamic']) =>
    (value: Value) =>
      convertValue(value, from, to),
});

function unixTime(unit: string, ticksPerUnit: bigint, unitsPerTick = 1n): ScalarFunction {
  return {
    name: `unixtime_${unit}_todatetime`,
    signature: `unixtime_${unit}_todatetime(${unit}: number): datetime`,
    summary: `The datetime that lies a number of ${unit} after 1970-01-01.`,
    page: `unixtime-${unit}-todatetime-function`,
    overloads: [
      {
        parameters: ['long'],
        returns: 'datetime',
        evaluate: (count: bigint) => datetimeOrNull(UNIX_EPOCH_TICKS + (count * ticksPerUnit) / unitsPerTick),
      },
      {
        parameters: ['real'],
        returns: 'datetime',
        evaluate: (count: number) => {
          const ticks = (count * Number(ticksPerUnit)) / Number(unitsPerTick);
          return Number.isFinite(ticks) ? datetimeOrNull(UNIX_EPOCH_TICKS + BigInt(Math.trunc(ticks))) : null;
        },
      },
    ],
  };
}

export const datetimeMake: readonly ScalarFunction[] = [
  {
    name: 'make_datetime',
    signature: 'make_datetime(year, month, day [, hour, minute [, second: real]]): datetime',
    summary: 'A datetime from its parts; null where they name no point in time.',
    page: 'make-datetime-function',
    overloads: [
      {
        parameters: ['long', 'long', 'long', 'long', 'long', 'real'],
        optional: 3,
        returns: 'datetime',
        evaluate: makeDatetime,
      },
      conversion('datetime'),
    ],
  },
  {
    name: 'make_timespan',
    signature: 'make_timespan([days,] hours, minutes [, seconds: real]): timespan',
    summary: 'A timespan from its parts; null where they are those of no clock.',
    page: 'make-timespan-function',
    overloads: [
      {
        parameters: ['long', 'long', 'long', 'real'],
        returns: 'timespan',
        evaluate: makeTimespan,
      },
      {
        parameters: ['long', 'long', 'real'],
        optional: 1,
        returns: 'timespan',
        evaluate: (hours: bigint, minutes: bigint, seconds?: number) => makeTimespan(0n, hours, minutes, seconds),
      },
      conversion('timespan'),
    ],
  },
  unixTime('seconds', TICKS_PER_SECOND),
  unixTime('milliseconds', 10_000n),
  unixTime('microseconds', 10n),
  unixTime('nanoseconds', 1n, 100n),
];

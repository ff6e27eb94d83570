import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  calendarFromTicks,
  daysFromMonths,
  formatDatetime,
  MAX_DATETIME_TICKS,
  monthsFromDays,
  TICKS_PER_DAY,
  ticksFromCalendar,
  UNIX_EPOCH_TICKS,
} from '../../../src/kql/values/datetime.ts';
import { parseDatetime } from '../../../src/kql/values/parse-datetime.ts';
import { formatTimespan, parseTimespan } from '../../../src/kql/values/timespan.ts';

const datetime = fc.bigInt({ min: 0n, max: MAX_DATETIME_TICKS });

describe('Datetimes', () => {
  it('come back from their calendar fields', () => {
    fc.assert(fc.property(datetime, (ticks) => assert.equal(ticksFromCalendar(calendarFromTicks(ticks)), ticks)));
  });

  it('come back from their text to the tick', () => {
    fc.assert(fc.property(datetime, (ticks) => assert.equal(parseDatetime(formatDatetime(ticks)), ticks)));
  });

  it('agree with the JavaScript calendar on every day of it', () => {
    const unixDay = fc.integer({ min: -700_000, max: 2_900_000 });
    fc.assert(
      fc.property(unixDay, (day) => {
        const { year, month, day: dayOfMonth } = calendarFromTicks(UNIX_EPOCH_TICKS + BigInt(day) * TICKS_PER_DAY);
        const date = new Date(day * 86_400_000);
        assert.deepEqual([year, month, dayOfMonth], [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
      }),
    );
  });

  it('lie in the month that starts last before them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_652_058 }), (day) => {
        const months = monthsFromDays(day);
        assert.ok(daysFromMonths(months) <= day && day < daysFromMonths(months + 1));
      }),
    );
  });

  it('do not exist on days that no calendar has', () => {
    const noDays = [
      { year: 2023, month: 2, day: 29 },
      { year: 1900, month: 2, day: 29 },
      { year: 2026, month: 4, day: 31 },
      { year: 0, month: 1, day: 1 },
      { year: 10_000, month: 1, day: 1 },
    ];
    assert.deepEqual(
      noDays.map((fields) => ticksFromCalendar(fields)),
      noDays.map(() => null),
    );
  });
});

describe('Timespans', () => {
  it('come back from their text to the tick', () => {
    const timespan = fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n });
    fc.assert(fc.property(timespan, (ticks) => assert.equal(parseTimespan(formatTimespan(ticks)), ticks)));
  });
});

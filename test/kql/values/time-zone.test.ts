import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_DATETIME_TICKS, TICKS_PER_DAY, TICKS_PER_HOUR } from '../../../src/kql/values/datetime.ts';
import { parseDatetime } from '../../../src/kql/values/parse-datetime.ts';
import { localFromUtc, type TimeZone, timeZone, utcFromLocal } from '../../../src/kql/values/time-zone.ts';
import { timeZoneNames } from '../../../src/kql/values/time-zone-names.ts';

const zoneNamed = (name: string): TimeZone => timeZone(name) as TimeZone;
const ticks = (text: string): bigint => parseDatetime(text) as bigint;

describe('Time zones', () => {
  it('have names in order, each once, that the platform knows', () => {
    assert.deepEqual([...new Set(timeZoneNames)].sort(), timeZoneNames);
    for (const name of timeZoneNames)
      assert.equal(typeof zoneNamed(name).offsetAt(ticks('2026-01-01')), 'bigint', name);
  });

  it('have offsets of quarters of an hour, and the historic ones to the second', () => {
    const offsets = [
      ['Asia/Kathmandu', '2026-03-24', 5.75],
      ['America/St_Johns', '2026-07-01', -2.5],
      ['Pacific/Kiritimati', '2026-07-01', 14],
      ['UTC', '0001-01-01', 0],
    ] as const;
    for (const [name, day, hours] of offsets) {
      assert.equal(zoneNamed(name).offsetAt(ticks(day)), BigInt(hours * 36_000_000_000), name);
    }
    assert.equal(zoneNamed('Europe/Brussels').offsetAt(ticks('1800-01-01')), BigInt((17 * 60 + 30) * 10_000_000));
  });

  it('lead back to the UTC time wherever the clock shows a time once', () => {
    const instant = fc.bigInt({ min: ticks('1900-01-01'), max: ticks('2037-12-31') });
    fc.assert(
      fc.property(instant, fc.constantFrom(...timeZoneNames), (utc, name) => {
        const zone = zoneNamed(name);
        const isSteady = zone.offsetAt(utc - TICKS_PER_DAY) === zone.offsetAt(utc + TICKS_PER_DAY);
        if (isSteady) assert.equal(utcFromLocal(localFromUtc(utc, zone), zone), utc);
      }),
    );
  });

  it('take the first of two equal clock times, and the clock after a gap', () => {
    const zone = zoneNamed('America/New_York');
    assert.equal(utcFromLocal(ticks('2026-11-01 01:30'), zone), ticks('2026-11-01 05:30'));
    assert.equal(utcFromLocal(ticks('2026-03-08 02:30'), zone), ticks('2026-03-08 06:30'));
  });

  it('work at both ends of the calendar', () => {
    const zone = zoneNamed('Asia/Tokyo');
    assert.equal(localFromUtc(MAX_DATETIME_TICKS, zone), MAX_DATETIME_TICKS + 9n * TICKS_PER_HOUR);
    assert.ok(localFromUtc(0n, zoneNamed('America/New_York')) < 0n);
    assert.ok(utcFromLocal(0n, zone) < 0n);
  });
});

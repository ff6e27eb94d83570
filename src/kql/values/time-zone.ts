import { calendarFromTicks, TICKS_PER_DAY, TICKS_PER_SECOND, ticksFromCalendar, UNIX_EPOCH_TICKS } from './datetime.ts';
import { timeZoneNames } from './time-zone-names.ts';

/** How far a zone's clock is ahead of UTC, in ticks, at a moment given in UTC. */
export type TimeZone = { readonly offsetAt: (utcTicks: bigint) => bigint };

const known = new Set(timeZoneNames);
const zones = new Map<string, TimeZone>();

/** The zone of that IANA name (by case); undefined where there is none. */
export function timeZone(name: string): TimeZone | undefined {
  if (!known.has(name)) return undefined;
  const zone = zones.get(name) ?? createZone(name);
  zones.set(name, zone);
  return zone;
}

function createZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return {
    offsetAt(utcTicks) {
      const wholeSeconds = utcTicks - (utcTicks % TICKS_PER_SECOND);
      const unixMs = Number((wholeSeconds - UNIX_EPOCH_TICKS) / 10_000n);
      const fields = Object.fromEntries(format.formatToParts(unixMs).map(({ type, value }) => [type, value]));
      // The local clock may stand in the year before 1; the offset is then the one at the start of the calendar.
      if (fields.era === 'BC') return this.offsetAt(utcTicks + TICKS_PER_DAY);
      const local = ticksFromCalendar({
        year: Number(fields.year),
        month: Number(fields.month),
        day: Number(fields.day),
        hour: Number(fields.hour),
        minute: Number(fields.minute),
        second: Number(fields.second),
      });
      return local === null ? this.offsetAt(utcTicks - TICKS_PER_DAY) : local - wholeSeconds;
    },
  };
}

export const localFromUtc = (utcTicks: bigint, zone: TimeZone): bigint => utcTicks + zone.offsetAt(utcTicks);

/**
 * A zone's clock time as UTC. A time that the clock skips counts by the clock after the gap; a time that it shows twice
 * is the first of the two.
 */
export function utcFromLocal(localTicks: bigint, zone: TimeZone): bigint {
  const day = TICKS_PER_DAY;
  const before = zone.offsetAt(localTicks < day ? 0n : localTicks - day);
  const { year } = calendarFromTicks(localTicks);
  const after = zone.offsetAt(year >= 9999 ? localTicks : localTicks + day);
  return zone.offsetAt(localTicks - before) === before ? localTicks - before : localTicks - after;
}

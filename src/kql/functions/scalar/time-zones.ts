import { KqlError } from '../../kql-error.ts';
import { datetimeOrNull } from '../../values/datetime.ts';
import { localFromUtc, type TimeZone, timeZone, utcFromLocal } from '../../values/time-zone.ts';
import { timeZoneNames } from '../../values/time-zone-names.ts';
import type { ScalarFunction } from '../scalar-function.ts';

function zoneNamed(name: string): TimeZone {
  const zone = timeZone(name);
  if (zone === undefined) {
    throw new KqlError('evaluation', `'${name}' is no time zone`, {
      hint: 'datetime_list_timezones() lists the names; case counts',
    });
  }
  return zone;
}

const conversion = (
  name: string,
  summary: string,
  page: string,
  convert: (ticks: bigint, zone: TimeZone) => bigint,
): ScalarFunction => ({
  name,
  signature: `${name}(from: datetime, timezone: string): datetime`,
  summary,
  page,
  overloads: [
    {
      parameters: ['datetime', 'string'],
      returns: 'datetime',
      evaluate: (from: bigint, zone: string) => datetimeOrNull(convert(from, zoneNamed(zone))),
    },
  ],
});

export const timeZoneFunctions: readonly ScalarFunction[] = [
  conversion(
    'datetime_utc_to_local',
    'What the clocks of a time zone show at a UTC time.',
    'datetime-utc-to-local-function',
    localFromUtc,
  ),
  conversion(
    'datetime_local_to_utc',
    'The UTC time at which the clocks of a time zone show a time.',
    'datetime-local-to-utc-function',
    utcFromLocal,
  ),
  {
    name: 'datetime_list_timezones',
    signature: 'datetime_list_timezones(): dynamic',
    summary: 'The names of all time zones.',
    page: 'datetime-list-timezones',
    overloads: [{ parameters: [], returns: 'dynamic', evaluate: () => timeZoneNames }],
  },
];

/** Ticks of 100 ns, as in .NET: a second has ten million of them. */
export const TICKS_PER_MS = 10_000n;
export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_MINUTE = 60n * TICKS_PER_SECOND;
export const TICKS_PER_HOUR = 60n * TICKS_PER_MINUTE;
export const TICKS_PER_DAY = 24n * TICKS_PER_HOUR;

/** Ticks from 0001-01-01 to 1970-01-01. */
export const UNIX_EPOCH_TICKS = 621_355_968_000_000_000n;
/** 9999-12-31T23:59:59.9999999Z */
export const MAX_DATETIME_TICKS = 3_155_378_975_999_999_999n;

export type CalendarTime = {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** 0 to 9,999,999 */
  readonly subsecondTicks?: number;
};

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 0001-01-01 to the date, proleptic Gregorian. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = year - 1;
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0;
  return (
    y * 365 +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    (DAYS_BEFORE_MONTH[month - 1] as number) +
    leapDay +
    day -
    1
  );
}

/** Ticks of a calendar time, or null where the date does not exist or lies outside years 1 to 9999. */
export function ticksFromCalendar(time: CalendarTime): bigint | null {
  const { year, month, day, hour = 0, minute = 0, second = 0, subsecondTicks = 0 } = time;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
  const seconds = daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return BigInt(seconds) * TICKS_PER_SECOND + BigInt(subsecondTicks);
}

/** The calendar fields of a tick count (years 1 to 9999). */
export function calendarFromTicks(ticks: bigint): Required<CalendarTime> {
  const days = Number(ticks / TICKS_PER_DAY);
  const inDay = Number(ticks % TICKS_PER_DAY);
  const seconds = Math.floor(inDay / 10_000_000);
  const { year, month, day } = civilFromDays(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    subsecondTicks: inDay - seconds * 10_000_000,
  };
}

/** Months from 0001-01 to the month of a day (counted from 0001-01-01). */
export function monthsFromDays(days: number): number {
  const { year, month } = civilFromDays(days);
  return (year - 1) * 12 + month - 1;
}

/** Days from 0001-01-01 to the first day of a month (counted from 0001-01); also before and after years 1 to 9999. */
export function daysFromMonths(months: number): number {
  const year = Math.floor(months / 12);
  return daysFromCivil(year + 1, months - year * 12 + 1, 1);
}

/** The ticks, or null where they lie outside years 1 to 9999. */
export const datetimeOrNull = (ticks: bigint): bigint | null =>
  ticks < 0n || ticks > MAX_DATETIME_TICKS ? null : ticks;

export function civilFromDays(days: number): { year: number; month: number; day: number } {
  // 400-year cycles of 146,097 days; the last day of a cycle, century end or leap year needs the min().
  const cycles = Math.floor(days / 146_097);
  let rest = days - cycles * 146_097;
  const centuries = Math.min(3, Math.floor(rest / 36_524));
  rest -= centuries * 36_524;
  const fours = Math.floor(rest / 1461);
  rest -= fours * 1461;
  const years = Math.min(3, Math.floor(rest / 365));
  rest -= years * 365;
  const year = cycles * 400 + centuries * 100 + fours * 4 + years + 1;
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month++;
  }
  return { year, month, day: rest + 1 };
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** A datetime as the service prints it: `2020-01-01T00:00:00.0000000Z`. */
export function formatDatetime(ticks: bigint): string {
  const c = calendarFromTicks(ticks);
  const date = `${pad(c.year, 4)}-${pad(c.month, 2)}-${pad(c.day, 2)}`;
  return `${date}T${pad(c.hour, 2)}:${pad(c.minute, 2)}:${pad(c.second, 2)}.${pad(c.subsecondTicks, 7)}Z`;
}

export const ticksFromUnixMs = (unixMs: number): bigint => UNIX_EPOCH_TICKS + BigInt(Math.round(unixMs * 10_000));
export const unixMsFromTicks = (ticks: bigint): number => Number(ticks - UNIX_EPOCH_TICKS) / 10_000;

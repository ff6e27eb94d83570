import { parseDatetime } from '../../values/parse-datetime.ts';
import type { Cell } from './cell.ts';

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const NARROW_EPOCH_DAYS = daysSince0000(2020, 1, 1);

/**
 * `YYYY-MM-DDTHH:MM:SS[.f…]Z` as ticks of 100 ns since 2020; NaN for every other form, and for what a double does not
 * hold exactly (before 1992, after 2048): the general parser reads those.
 */
export function parseIsoTicks({ text, start, end }: Cell): number {
  const length = end - start;
  if (length < 20 || length > 28 || text.charCodeAt(end - 1) !== 90) return Number.NaN;
  const separators =
    text.charCodeAt(start + 4) === 45 &&
    text.charCodeAt(start + 7) === 45 &&
    text.charCodeAt(start + 10) === 84 &&
    text.charCodeAt(start + 13) === 58 &&
    text.charCodeAt(start + 16) === 58;
  if (!separators) return Number.NaN;
  const year = twoDigits(text, start) * 100 + twoDigits(text, start + 2);
  const month = twoDigits(text, start + 5);
  const day = twoDigits(text, start + 8);
  const hour = twoDigits(text, start + 11);
  const minute = twoDigits(text, start + 14);
  const second = twoDigits(text, start + 17);
  // A digit that is none makes NaN, and no comparison holds for NaN.
  if (!(year >= 1992 && year <= 2047 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month))) {
    return Number.NaN;
  }
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  const seconds = ((daysSince0000(year, month, day) - NARROW_EPOCH_DAYS) * 24 + hour) * 3600 + minute * 60 + second;
  return seconds * 10_000_000 + fractionTicks(text, start + 19, end - 1);
}

/** Ticks of `.1234567`; NaN where it is no fraction. */
function fractionTicks(text: string, start: number, end: number): number {
  if (start === end) return 0;
  if (text.charCodeAt(start) !== 46 || end - start < 2) return Number.NaN;
  let ticks = 0;
  for (let at = start + 1; at < start + 8; at++) {
    const digit = at < end ? text.charCodeAt(at) - 48 : 0;
    if (digit < 0 || digit > 9) return Number.NaN;
    ticks = ticks * 10 + digit;
  }
  return ticks;
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysOf = (year: number, month: number): number =>
  month === 2 && !isLeap(year) ? 28 : (daysInMonth[month - 1] as number);

function daysSince0000(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  return before * 365 + leapDays + (daysBeforeMonth[month - 1] as number) + leapDay + day;
}

/**
 * `3/24/2026, 10:20:00.000 AM`, as the portal's CSV writes times, in ticks; null for every other form. Without AM or PM
 * it is another language's form, whose day may stand before the month.
 */
export function parsePortalTicks(text: string): bigint | null {
  const match = /^(\d{1,2}\/\d{1,2}\/\d{4}), (\d{1,2}:\d{2}:\d{2}(?:\.\d{1,7})?)[ \u202f]([AP]M)$/.exec(text);
  return match === null ? null : parseDatetime(`${match[1]} ${match[2]} ${match[3]}`);
}

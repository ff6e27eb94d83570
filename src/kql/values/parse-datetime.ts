import { MAX_DATETIME_TICKS, TICKS_PER_MINUTE, ticksFromCalendar } from './datetime.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const MERIDIEM = String.raw`(?:\s*(AM|PM))?`;

type Fields = { year: number; month: number; day: number };

/** A date pattern with the order of its fields; the first pattern that matches the whole text decides. */
const datePatterns: readonly { readonly pattern: string; readonly fields: (groups: readonly string[]) => Fields }[] = [
  { pattern: String.raw`(\d{4})[-/](\d{1,2})[-/](\d{1,2})`, fields: ([y, m, d]) => numbers(y, m, d) },
  { pattern: String.raw`(\d{4})(\d{2})(\d{2})`, fields: ([y, m, d]) => numbers(y, m, d) },
  { pattern: String.raw`(\d{4})-(\d{1,2})`, fields: ([y, m]) => numbers(y, m, '1') },
  { pattern: String.raw`(\d{4})`, fields: ([y]) => numbers(y, '1', '1') },
  { pattern: String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})`, fields: ([m, d, y]) => numbers(y, m, d) },
  {
    pattern: String.raw`(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]([a-z]{3,9})[\s-](\d{2}|\d{4})`,
    fields: ([d, m, y]) => numbers(fullYear(y), monthOf(m), d),
  },
  {
    pattern: String.raw`(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\s+(\d{1,2}),?\s+(\d{4})`,
    fields: ([m, d, y]) => numbers(y, monthOf(m), d),
  },
];

const compiled = datePatterns.map(({ pattern, fields }) => ({
  expression: new RegExp(`^${pattern}(?:(?:T|\\s+)${TIME}${MERIDIEM})?${ZONE}$`, 'i'),
  fields,
}));

function numbers(year: string | undefined, month: string | undefined, day: string | undefined): Fields {
  return { year: Number(year), month: Number(month), day: Number(day) };
}

const monthOf = (name: string | undefined): string =>
  String(MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1);
const fullYear = (year: string | undefined): string =>
  year !== undefined && year.length === 2
    ? String(Number(year) < 50 ? 2000 + Number(year) : 1900 + Number(year))
    : (year ?? '');

/**
 * A datetime's text as ticks, or null where it is none. ISO 8601, RFC 822 and RFC 850 forms; a date of two numbers and
 * a year is month first; an offset is resolved to UTC; without an offset the text is UTC.
 * Forms: learn.microsoft.com/kusto/query/scalar-data-types/datetime.
 */
export function parseDatetime(text: string): bigint | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  for (const { expression, fields } of compiled) {
    const match = expression.exec(trimmed);
    if (match === null) continue;
    const groups = match.slice(1);
    const zone = groups.at(-1);
    const [hour = '0', minute = '0', second = '0', fraction = '', meridiem] = groups.slice(-6, -1);
    const ticks = ticksFromCalendar({
      ...fields(groups),
      hour: twentyFourHours(Number(hour), meridiem),
      minute: Number(minute),
      second: Number(second),
      subsecondTicks: Number(fraction.slice(0, 7).padEnd(7, '0')),
    });
    if (ticks === null) return null;
    const utc = ticks - offsetTicks(zone);
    return utc < 0n || utc > MAX_DATETIME_TICKS ? null : utc;
  }
  return null;
}

function twentyFourHours(hour: number, meridiem: string | undefined): number {
  if (meridiem === undefined) return hour;
  if (hour < 1 || hour > 12) return -1;
  return (hour % 12) + (meridiem.toUpperCase() === 'PM' ? 12 : 0);
}

function offsetTicks(zone: string | undefined): bigint {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0n;
  const minutes = BigInt(match[2] as string) * 60n + BigInt(match[3] as string);
  return (match[1] === '-' ? -minutes : minutes) * TICKS_PER_MINUTE;
}

import { TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_MS, TICKS_PER_SECOND } from './datetime.ts';
import { MAX_LONG, MIN_LONG } from './int64.ts';

/** A timespan as the service prints it: `[-][d.]hh:mm:ss[.fffffff]`. */
export function formatTimespan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / TICKS_PER_DAY;
  const pad = (value: bigint, width: number): string => String(value).padStart(width, '0');
  const fraction = size % TICKS_PER_SECOND;
  return [
    ticks < 0n ? '-' : '',
    days > 0n ? `${days}.` : '',
    `${pad((size / TICKS_PER_HOUR) % 24n, 2)}:${pad((size / TICKS_PER_MINUTE) % 60n, 2)}:${pad((size / TICKS_PER_SECOND) % 60n, 2)}`,
    fraction > 0n ? `.${pad(fraction, 7)}` : '',
  ].join('');
}

/** Ticks per unit of a timespan literal: `2d`, `1.5h`, `30m`, `10s`, `100ms`, `5micros`, `1tick` and their long names. */
const UNITS: ReadonlyMap<string, bigint> = new Map<string, bigint>(
  (
    [
      [['d', 'day', 'days'], TICKS_PER_DAY],
      [['h', 'hr', 'hrs', 'hour', 'hours'], TICKS_PER_HOUR],
      [['m', 'min', 'minute', 'minutes'], TICKS_PER_MINUTE],
      [['s', 'sec', 'second', 'seconds'], TICKS_PER_SECOND],
      [['ms', 'milli', 'millis', 'millisec', 'millisecond', 'milliseconds'], TICKS_PER_MS],
      [['micro', 'micros', 'microsec', 'microsecond', 'microseconds'], 10n],
      [['nano', 'nanos', 'nanosec', 'nanosecond', 'nanoseconds'], 0n],
      [['tick', 'ticks'], 1n],
    ] as const
  ).flatMap(([names, ticks]) => names.map((name) => [name, ticks] as const)),
);

/** `1.5h` and its like as ticks, or null where the text is not of that form. */
export function parseUnitTimespan(text: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?\s*([a-z]+)$/.exec(text);
  if (match === null) return null;
  const unit = UNITS.get(match[4] as string);
  if (unit === undefined) return null;
  const whole = match[2] as string;
  const decimals = match[3] ?? '';
  const nanosPerUnit = (match[4] as string).startsWith('nano') ? 1n : unit * 100n;
  const scaled = BigInt(whole + decimals) * nanosPerUnit;
  const ticks = scaled / (100n * 10n ** BigInt(decimals.length));
  return match[1] === '-' ? -ticks : ticks;
}

/** `[-][d.]hh:mm[:ss[.fffffff]]`, a number of days, or a unit form, as ticks; null where the text is no timespan. */
export function parseTimespan(text: string): bigint | null {
  const ticks = readTimespan(text);
  return ticks === null || ticks < MIN_LONG || ticks > MAX_LONG ? null : ticks;
}

function readTimespan(text: string): bigint | null {
  const trimmed = text.trim();
  const unit = parseUnitTimespan(trimmed.toLowerCase());
  if (unit !== null) return unit;
  const match = /^(-?)(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/.exec(trimmed);
  if (match === null) return /^-?\d+$/.test(trimmed) ? BigInt(trimmed) * TICKS_PER_DAY : null;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const ticks =
    BigInt(days) * TICKS_PER_DAY +
    BigInt(hours) * TICKS_PER_HOUR +
    BigInt(minutes) * TICKS_PER_MINUTE +
    BigInt(seconds) * TICKS_PER_SECOND +
    BigInt(fraction.padEnd(7, '0') || '0');
  return sign === '-' ? -ticks : ticks;
}

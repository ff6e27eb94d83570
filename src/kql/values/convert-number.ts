import { Decimal } from 'decimal.js';
import { MAX_LONG, MIN_LONG } from './int64.ts';
import type { ColumnType, Value } from './value.ts';

/** KQL's decimal has 34 significant digits (IEEE 754 decimal128). */
Decimal.set({ precision: 34, toExpNeg: -40, toExpPos: 40 });

const MAX_INT = 2_147_483_647n;
const MIN_INT = -2_147_483_648n;

export function toBool(value: Value, from: ColumnType): boolean | null {
  if (from === 'int' || from === 'real') return Number.isNaN(value) ? null : value !== 0;
  if (from === 'long') return value !== 0n;
  if (from === 'decimal') return !(value as Decimal).isZero();
  if (from !== 'string') return null;
  const text = (value as string).trim().toLowerCase();
  if (text === 'true') return true;
  if (text === 'false') return false;
  const whole = parseLong(text);
  return whole === null ? null : whole !== 0n;
}

/** Whole numbers wrap to 32 bits, reals stop at the ends of the range, text beyond it is null: as the service does. */
export function toInt(value: Value, from: ColumnType): number | null {
  if (from === 'real') return saturate(value as number, MIN_INT, MAX_INT, Number);
  if (from === 'decimal') return saturate((value as Decimal).toNumber(), MIN_INT, MAX_INT, Number);
  const whole = toLong(value, from);
  if (whole === null) return null;
  if (from === 'string') return whole > MAX_INT || whole < MIN_INT ? null : Number(whole);
  return Number(BigInt.asIntN(32, whole));
}

export function toLong(value: Value, from: ColumnType): bigint | null {
  switch (from) {
    case 'int':
      return BigInt(value as number);
    case 'bool':
      return value === true ? 1n : 0n;
    case 'real':
      return saturate(value as number, MIN_LONG, MAX_LONG, (whole) => whole);
    case 'decimal':
      return wholeDecimal(value as Decimal);
    case 'long':
    case 'datetime':
    case 'timespan':
      return value as bigint;
    case 'string':
      return parseLong((value as string).trim());
    default:
      return null;
  }
}

/** Truncated toward zero; beyond the range, its end; null of NaN. */
function saturate<T>(value: number, min: bigint, max: bigint, convert: (whole: bigint) => T): T | null {
  if (Number.isNaN(value)) return null;
  if (value >= Number(max)) return convert(max);
  if (value <= Number(min)) return convert(min);
  return convert(BigInt(Math.trunc(value)));
}

function wholeDecimal(value: Decimal): bigint | null {
  const whole = BigInt(value.trunc().toFixed());
  return whole > MAX_LONG || whole < MIN_LONG ? null : whole;
}

/** Decimal or 0x-hexadecimal digits as a long; null where the text is something else or too large. */
export function parseLong(text: string): bigint | null {
  if (!/^[+-]?\d+$|^0x[0-9a-f]{1,16}$/i.test(text)) return null;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (/^0x/i.test(text)) return BigInt.asIntN(64, value);
  return value > MAX_LONG || value < MIN_LONG ? null : value;
}

export function toReal(value: Value, from: ColumnType): number | null {
  if (from === 'string') return parseReal((value as string).trim());
  if (from === 'bool') return value === true ? 1 : 0;
  if (from === 'decimal') return (value as Decimal).toNumber();
  return from === 'guid' ? null : Number(value);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** `inf`, `Inf` and `Infinity` are read, `INF` is not: as the service does. */
export function parseReal(text: string): number | null {
  if (NUMBER.test(text)) return Number(text);
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  const infinite = /^([+-]?)(?:[iI]nf|[iI]nfinity)$/.exec(text);
  if (infinite === null) return null;
  return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

export function toDecimal(value: Value, from: ColumnType): Decimal | null {
  if (from === 'bool') return new Decimal(value === true ? 1 : 0);
  if (from === 'string') return parseDecimal((value as string).trim());
  if (from === 'real') return Number.isFinite(value) ? new Decimal(value as number) : null;
  return from === 'guid' ? null : new Decimal(String(value));
}

export const parseDecimal = (text: string): Decimal | null => (NUMBER.test(text) ? new Decimal(text) : null);

import { shortDigits } from './grisu.ts';

/** Numbers from 10^-6 up to 10^21 are written without an exponent. */
const PLAIN_DIGITS = 21;
const PLAIN_ZEROS = 6;

/**
 * A real as tostring() writes it: always with a fraction (`1.0`) or an exponent (`1e-7`); `NaN`, `inf` and `-inf`;
 * minus zero keeps its sign.
 */
export function formatReal(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (value < 0) return `-${formatReal(-value)}`;
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (Number.isSafeInteger(value)) return `${value}.0`;
  const { digits, exponent } = shortDigits(value);
  const point = digits.length + exponent;
  if (exponent >= 0 && point <= PLAIN_DIGITS) return `${digits.padEnd(point, '0')}.0`;
  if (point > 0 && point <= PLAIN_DIGITS) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  if (point > -PLAIN_ZEROS && point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits[0]}${fraction}e${point - 1}`;
}

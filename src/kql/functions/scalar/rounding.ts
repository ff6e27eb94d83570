import { Decimal } from 'decimal.js';
import { wrapLong } from '../../values/int64.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { realKernel } from './real-math.ts';

/** Halves go away from zero; digits beyond what a double holds change nothing. */
function roundReal(value: number, digits = 0n): number {
  if (!Number.isFinite(value) || digits > 308n || digits < -308n) return digits < -308n ? 0 : value;
  const scale = 10 ** Math.abs(Number(digits));
  const scaled = digits >= 0n ? value * scale : value / scale;
  if (!Number.isFinite(scaled)) return value;
  const whole = Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5);
  // Adding a half to the largest double below it gives one.
  const rounded = Math.abs(scaled) === 0.49999999999999994 ? 0 : Math.abs(scaled) >= 2 ** 52 ? scaled : whole;
  return digits >= 0n ? rounded / scale : rounded * scale;
}

/** A negative number of digits rounds to tens, hundreds, …, halves away from zero. */
function roundLong(value: bigint, digits = 0n): bigint {
  if (digits >= 0n) return value;
  if (digits < -19n) return 0n;
  const scale = 10n ** -digits;
  const half = value < 0n ? -(scale / 2n) : scale / 2n;
  return wrapLong(((value + half) / scale) * scale);
}

const roundDecimal = (value: Decimal, digits = 0n): Decimal =>
  digits >= 0n
    ? value.toDecimalPlaces(Number(digits > 100n ? 100n : digits), Decimal.ROUND_HALF_UP)
    : value.toNearest(new Decimal(10).pow(Number(-digits)), Decimal.ROUND_HALF_UP);

export const rounding: readonly ScalarFunction[] = [
  {
    name: 'abs',
    signature: 'abs(number): long, real, decimal or timespan',
    summary: 'A number or timespan without its sign.',
    page: 'abs-function',
    overloads: [
      { parameters: ['long'], returns: 'long', evaluate: (a: bigint) => wrapLong(a < 0n ? -a : a) },
      { parameters: ['real'], returns: 'real', evaluate: Math.abs, kernel: realKernel(Math.abs) },
      { parameters: ['decimal'], returns: 'decimal', evaluate: (a: Decimal) => a.abs() },
      { parameters: ['timespan'], returns: 'timespan', evaluate: (a: bigint) => wrapLong(a < 0n ? -a : a) },
    ],
  },
  {
    name: 'round',
    signature: 'round(number [, precision: long]): the type of number',
    summary: 'A number rounded to a number of decimal places; halves go away from zero.',
    page: 'round-function',
    overloads: [
      {
        parameters: ['int', 'long'],
        optional: 1,
        returns: 'int',
        evaluate: (a: number, digits?: bigint) => Number(roundLong(BigInt(a), digits)) | 0,
      },
      { parameters: ['long', 'long'], optional: 1, returns: 'long', evaluate: roundLong },
      { parameters: ['real', 'long'], optional: 1, returns: 'real', evaluate: roundReal },
      { parameters: ['decimal', 'long'], optional: 1, returns: 'decimal', evaluate: roundDecimal },
    ],
  },
  {
    name: 'ceiling',
    signature: 'ceiling(number): real or decimal',
    summary: 'The smallest whole number that is not smaller than a number.',
    page: 'ceiling-function',
    overloads: [
      { parameters: ['real'], returns: 'real', evaluate: Math.ceil, kernel: realKernel(Math.ceil) },
      { parameters: ['decimal'], returns: 'decimal', evaluate: (a: Decimal) => a.ceil() },
    ],
  },
  {
    name: 'sign',
    signature: 'sign(number): real',
    summary: '-1, 0 or 1 as a number is negative, zero or positive; 0 of NaN.',
    page: 'sign-function',
    overloads: [
      {
        parameters: ['real'],
        returns: 'real',
        evaluate: (a: number) => (a > 0 ? 1 : a < 0 ? -1 : 0),
      },
    ],
  },
];

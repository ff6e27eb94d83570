import type { Decimal } from 'decimal.js';
import type { ParameterType, ScalarFunction, ScalarOverload } from '../scalar-function.ts';

const overload = (...parameters: readonly ParameterType[]): ScalarOverload => ({
  parameters,
  returns: 'bool',
  evaluate: (value: bigint, center: bigint, delta: bigint) => value >= center - delta && value <= center + delta,
});

export const around: ScalarFunction = {
  name: 'around',
  signature: 'around(value, center, delta): bool',
  summary: 'Whether a value lies within a distance of a center, both ends included.',
  page: 'around-function',
  overloads: [
    overload('long', 'long', 'long'),
    overload('datetime', 'datetime', 'timespan'),
    overload('timespan', 'timespan', 'timespan'),
    {
      parameters: ['real', 'real', 'real'],
      returns: 'bool',
      evaluate: (value: number, center: number, delta: number) => value >= center - delta && value <= center + delta,
    },
    {
      parameters: ['decimal', 'decimal', 'decimal'],
      returns: 'bool',
      evaluate: (value: Decimal, center: Decimal, delta: Decimal) =>
        value.gte(center.minus(delta)) && value.lte(center.plus(delta)),
    },
  ],
};

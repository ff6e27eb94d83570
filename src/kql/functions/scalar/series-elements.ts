import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import { wrapLong } from '../../values/int64.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { elementsOf, isLongSeries, type SeriesElement } from '../series/series-values.ts';

type Pair = { readonly elements: readonly (readonly [SeriesElement, SeriesElement])[]; readonly isLong: boolean };

/**
 * Two series side by side; a number stands for a series of that number, and a series that is too short goes on with
 * nulls. Undefined where neither is a series.
 */
function pairUp(left: DynamicValue, right: DynamicValue): Pair | undefined {
  if (!isArray(left) && !isArray(right)) return undefined;
  const length = Math.max(isArray(left) ? left.length : 0, isArray(right) ? right.length : 0);
  const [a, b] = [left, right].map((side) => elementsOf(isArray(side) ? side : new Array(length).fill(side))) as [
    SeriesElement[],
    SeriesElement[],
  ];
  const elements = Array.from({ length }, (_, i): [SeriesElement, SeriesElement] => [a[i] ?? null, b[i] ?? null]);
  return { elements, isLong: isLongSeries(a) && isLongSeries(b) };
}

const page = (name: string): string => `${name.replaceAll('_', '-')}-function`;

function binary(
  name: string,
  summary: string,
  compute: (left: SeriesElement & {}, right: SeriesElement & {}, isLong: boolean) => DynamicValue,
): ScalarFunction {
  return {
    name,
    signature: `${name}(series1: dynamic | number, series2: dynamic | number): dynamic`,
    summary: `${summary}; null where one element is no number.`,
    page: page(name),
    overloads: [
      {
        parameters: ['dynamic', 'dynamic'],
        returns: 'dynamic',
        evaluate: (left: DynamicValue, right: DynamicValue) => {
          const pair = pairUp(left, right);
          if (pair === undefined) return null;
          return pair.elements.map(([a, b]) => (a === null || b === null ? null : compute(a, b, pair.isLong)));
        },
      },
    ],
  };
}

/** Whole numbers stay whole where both series hold nothing else. */
const arithmetic = (
  name: string,
  summary: string,
  long: (a: bigint, b: bigint) => bigint,
  real: (a: number, b: number) => number,
): ScalarFunction =>
  binary(name, summary, (a, b, isLong) =>
    isLong ? wrapLong(long(a as bigint, b as bigint)) : real(Number(a), Number(b)),
  );

const unary = (name: string, summary: string, compute: (value: number) => number): ScalarFunction => ({
  name,
  signature: `${name}(series: dynamic): dynamic`,
  summary: `${summary}; null where an element is no number.`,
  page: page(name),
  overloads: [
    {
      parameters: ['dynamic'],
      returns: 'dynamic',
      evaluate: (series: DynamicValue) =>
        isArray(series) ? elementsOf(series).map((value) => (value === null ? null : compute(Number(value)))) : null,
    },
  ],
});

const absolute = (series: DynamicValue): DynamicValue => {
  if (!isArray(series)) return null;
  const elements = elementsOf(series);
  if (!isLongSeries(elements)) return elements.map((value) => (value === null ? null : Math.abs(Number(value))));
  return elements.map((value) =>
    value === null ? null : wrapLong((value as bigint) < 0n ? -(value as bigint) : (value as bigint)),
  );
};

export const seriesElements: readonly ScalarFunction[] = [
  arithmetic(
    'series_add',
    'The sums of the elements of two series',
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  arithmetic(
    'series_subtract',
    'The differences of the elements of two series',
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  arithmetic(
    'series_multiply',
    'The products of the elements of two series',
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  binary('series_divide', 'The quotients of the elements of two series', (a, b) => Number(a) / Number(b)),
  binary('series_pow', 'The elements of a series to the powers of another', (a, b) => Number(a) ** Number(b)),
  binary('series_equals', 'Whether the elements of two series are equal', (a, b) => Number(a) === Number(b)),
  binary('series_not_equals', 'Whether the elements of two series differ', (a, b) => Number(a) !== Number(b)),
  binary('series_less', 'Whether the elements of a series are smaller than those of another', (a, b) => a < b),
  binary(
    'series_less_equals',
    'Whether the elements of a series are not larger than those of another',
    (a, b) => a <= b,
  ),
  binary('series_greater', 'Whether the elements of a series are larger than those of another', (a, b) => a > b),
  binary(
    'series_greater_equals',
    'Whether the elements of a series are not smaller than those of another',
    (a, b) => a >= b,
  ),
  {
    name: 'series_abs',
    signature: 'series_abs(series: dynamic): dynamic',
    summary: 'The elements without their signs; null where an element is no number.',
    page: 'series-abs-function',
    overloads: [{ parameters: ['dynamic'], returns: 'dynamic', evaluate: absolute }],
  },
  unary('series_sign', 'The signs of the elements as -1, 0 or 1', (value) => (value > 0 ? 1 : value < 0 ? -1 : 0)),
  unary('series_floor', 'The elements rounded down', Math.floor),
  unary('series_ceiling', 'The elements rounded up', Math.ceil),
  unary('series_exp', 'e to the powers of the elements', Math.exp),
  unary('series_log', 'The natural logarithms of the elements', Math.log),
  unary('series_sin', 'The sines of the elements', Math.sin),
  unary('series_cos', 'The cosines of the elements', Math.cos),
  unary('series_tan', 'The tangents of the elements', Math.tan),
  unary('series_asin', 'The arcsines of the elements', Math.asin),
  unary('series_acos', 'The arccosines of the elements', Math.acos),
  unary('series_atan', 'The arctangents of the elements', Math.atan),
];

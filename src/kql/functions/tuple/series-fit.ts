import type { DynamicValue } from '../../values/dynamic.ts';
import { isArray } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { describeFit, fitLine, fitPolynomial, fitTwoLines, type LineFit } from '../series/regression.ts';
import { describeSeries } from '../series/series-statistics.ts';
import { elementsOf, realsOf } from '../series/series-values.ts';

function statistics(series: DynamicValue, ignoreNonfinite = false): DynamicValue {
  const values = isArray(series) ? elementsOf(series).map((value) => (value === null ? null : Number(value))) : [];
  const found = describeSeries(values, ignoreNonfinite);
  if (found === null) return [];
  const { min, minIndex, max, maxIndex, average, variance } = found;
  return [min, BigInt(minIndex), max, BigInt(maxIndex), average, Math.sqrt(variance), variance];
}

function line(series: DynamicValue): DynamicValue {
  const values = realsOf(series);
  if (values === null) return [];
  const { rsquare, slope, variance, rvariance, interception, fitted } = fitLine(values);
  return [rsquare, slope, variance, rvariance, interception, fitted];
}

const side = ({ rsquare, slope, interception, variance, rvariance }: LineFit): readonly number[] => [
  rsquare,
  slope,
  interception,
  variance,
  rvariance,
];

function twoLines(series: DynamicValue): DynamicValue {
  const fit = fitTwoLines(realsOf(series) ?? []);
  if (fit === null) return [];
  return [
    fit.rsquare,
    BigInt(fit.split),
    fit.variance,
    fit.rvariance,
    fit.fitted,
    ...side(fit.right),
    ...side(fit.left),
  ];
}

/** The x values are 1, 2, 3, … where none are given. */
function polynomial(series: DynamicValue, positions?: DynamicValue, degree = 1n): DynamicValue {
  const ys = realsOf(series);
  const xs = positions === undefined ? ys?.map((_, index) => index + 1) : realsOf(positions);
  if (ys === null || xs === null || xs === undefined || xs.length !== ys.length || degree < 0n) return [];
  const coefficients = fitPolynomial(xs, ys, Number(degree));
  if (coefficients === null) return [];
  const fitted = xs.map((x) => coefficients.reduce((value, coefficient) => value * x + coefficient, 0));
  const { rsquare, variance, rvariance } = describeFit(ys, fitted);
  return [rsquare, coefficients, variance, rvariance, fitted];
}

export const seriesFits: readonly ScalarFunction[] = [
  {
    name: 'series_stats',
    signature:
      'series_stats(series: dynamic [, ignore_nonfinite: bool]): (min, min_idx, max, max_idx, avg, stdev, variance)',
    summary: 'Statistics of a series; null where a value is not finite and such are not ignored.',
    page: 'series-stats-function',
    overloads: [{ parameters: ['dynamic', 'bool'], optional: 1, returns: 'dynamic', evaluate: statistics }],
  },
  {
    name: 'series_fit_line',
    signature: 'series_fit_line(series: dynamic): (rsquare, slope, variance, rvariance, interception, line_fit)',
    summary: 'The least-squares line through a series.',
    page: 'series-fit-line-function',
    overloads: [{ parameters: ['dynamic'], returns: 'dynamic', evaluate: line }],
  },
  {
    name: 'series_fit_2lines',
    signature:
      'series_fit_2lines(series: dynamic): (rsquare, split_idx, variance, rvariance, line_fit, right_…, left_…)',
    summary: 'The two lines, before and from a split, that fit a series best.',
    page: 'series-fit-2lines-function',
    overloads: [{ parameters: ['dynamic'], returns: 'dynamic', evaluate: twoLines }],
  },
  {
    name: 'series_fit_poly',
    signature:
      'series_fit_poly(y_series: dynamic [, x_series: dynamic [, degree: long]]): (rsquare, coefficients, variance, rvariance, poly_fit)',
    summary: 'The least-squares polynomial through a series, coefficients from the highest power down.',
    page: 'series-fit-poly-function',
    overloads: [{ parameters: ['dynamic', 'dynamic', 'long'], optional: 2, returns: 'dynamic', evaluate: polynomial }],
  },
];

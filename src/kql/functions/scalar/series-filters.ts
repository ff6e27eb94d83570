import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import { wrapLong } from '../../values/int64.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { elementsOf, isLongSeries, realsOf, sum } from '../series/series-values.ts';

/** y[i] = Σ filter[j] · x[i - j + shift]; outside the series there are zeros. */
function convolve(series: readonly number[], filter: readonly number[], shift: number): number[] {
  return series.map((_, i) => sum(filter.map((weight, j) => weight * (series[i - j + shift] ?? 0))));
}

/** A filter with a negative weight cannot be normalized; left to itself it is not. */
function fir(
  series: DynamicValue,
  filter: DynamicValue,
  normalize?: boolean,
  isCentered = false,
): readonly DynamicValue[] | null {
  const [values, weights] = [realsOf(series), realsOf(filter)];
  if (values === null || weights === null || !isArray(series) || !isArray(filter)) return null;
  const hasNegative = weights.some((weight) => weight < 0);
  const isNormalized = normalize ?? !hasNegative;
  if (isNormalized && hasNegative) return null;
  const total = isNormalized ? sum(weights) : 1;
  const filtered = convolve(values, weights, isCentered ? Math.floor((weights.length - 1) / 2) : 0);
  const isLong = !isNormalized && isLongSeries(elementsOf(series)) && isLongSeries(elementsOf(filter));
  return isLong && filtered.every(Number.isSafeInteger)
    ? filtered.map((value) => wrapLong(BigInt(value)))
    : filtered.map((value) => value / total);
}

/** The recursive filter: denominators weigh the results before, numerators the values. */
function iir(series: DynamicValue, numerators: DynamicValue, denominators: DynamicValue): readonly number[] | null {
  const [values, b, a] = [realsOf(series), realsOf(numerators), realsOf(denominators)];
  if (values === null || b === null || a === null || a[0] === 0) return null;
  const result: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const forward = sum(b.map((weight, j) => weight * (values[i - j] ?? 0)));
    const backward = sum(a.slice(1).map((weight, j) => weight * (result[i - j - 1] ?? 0)));
    result.push((forward - backward) / (a[0] as number));
  }
  return result;
}

export const seriesFilters: readonly ScalarFunction[] = [
  {
    name: 'series_fir',
    signature: 'series_fir(series: dynamic, filter: dynamic [, normalize: bool [, center: bool]]): dynamic',
    summary: 'A series through a finite impulse response filter, such as a moving average.',
    page: 'series-fir-function',
    overloads: [{ parameters: ['dynamic', 'dynamic', 'bool', 'bool'], optional: 2, returns: 'dynamic', evaluate: fir }],
  },
  {
    name: 'series_iir',
    signature: 'series_iir(series: dynamic, numerators: dynamic, denominators: dynamic): dynamic',
    summary: 'A series through an infinite impulse response filter, such as a running sum.',
    page: 'series-iir-function',
    overloads: [{ parameters: ['dynamic', 'dynamic', 'dynamic'], returns: 'dynamic', evaluate: iir }],
  },
];

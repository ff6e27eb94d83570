import type { DynamicValue } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { type Complex, inverseTransform, transform } from '../series/fourier.ts';
import { detectPeriods, periodScore } from '../series/periods.ts';
import { realsOf } from '../series/series-values.ts';

function transformed(apply: (input: Complex) => Complex) {
  return (realPart: DynamicValue, imaginaryPart?: DynamicValue): DynamicValue => {
    const real = realsOf(realPart);
    const imaginary = imaginaryPart === undefined ? real?.map(() => 0) : realsOf(imaginaryPart);
    if (real === null || imaginary === null || imaginary === undefined || imaginary.length !== real.length) return [];
    const result = apply({ real: Float64Array.from(real), imaginary: Float64Array.from(imaginary) });
    return [Array.from(result.real), Array.from(result.imaginary)];
  };
}

const fourier = (name: string, summary: string, apply: (input: Complex) => Complex): ScalarFunction => ({
  name,
  signature: `${name}(series: dynamic [, series_imaginary: dynamic]): (real, imag)`,
  summary,
  page: `${name.replaceAll('_', '-')}-function`,
  overloads: [{ parameters: ['dynamic', 'dynamic'], optional: 1, returns: 'dynamic', evaluate: transformed(apply) }],
});

/** As many periods as asked for; where fewer are found, zeros follow. */
function detected(series: DynamicValue, shortest: number, longest: number, count: bigint): DynamicValue {
  const values = realsOf(series);
  if (values === null || count < 1n) return [];
  const found = detectPeriods(values, shortest, longest);
  const places = Array.from({ length: Number(count) }, (_, place) => found[place] ?? { period: 0, score: 0 });
  return [places.map(({ period }) => period), places.map(({ score }) => score)];
}

export const seriesFrequencies: readonly ScalarFunction[] = [
  fourier('series_fft', 'The discrete Fourier transform of a complex series.', transform),
  fourier('series_ifft', 'The inverse discrete Fourier transform of a complex series.', inverseTransform),
  {
    name: 'series_periods_detect',
    signature:
      'series_periods_detect(series: dynamic, min_period: real, max_period: real, num_periods: long): (periods, scores)',
    summary: 'The most significant periods of a series, best first, with scores from 0 to 1.',
    page: 'series-periods-detect-function',
    overloads: [{ parameters: ['dynamic', 'real', 'real', 'long'], returns: 'dynamic', evaluate: detected }],
  },
  {
    name: 'series_periods_validate',
    signature: 'series_periods_validate(series: dynamic, period1: real, period2: real, …): (periods, scores)',
    summary: 'How well a series repeats itself after given periods, from 0 to 1.',
    page: 'series-periods-validate-function',
    overloads: [
      {
        parameters: ['dynamic', 'real'],
        rest: 'real',
        returns: 'dynamic',
        evaluate: (series: DynamicValue, ...periods: number[]) => {
          const values = realsOf(series);
          return values === null ? [] : [periods, periods.map((period) => periodScore(values, period))];
        },
      },
    ],
  },
];

import { type DynamicArray, type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ScalarFunction, ScalarOverload } from '../scalar-function.ts';
import { seasonalOf } from '../series/decomposition.ts';
import { fencesNamed, outlierScores } from '../series/outliers.ts';
import { fitLine, fitTwoLines, type LineFit } from '../series/regression.ts';
import { describeSeries } from '../series/series-statistics.ts';
import { elementsOf, realsOf } from '../series/series-values.ts';

const bag = (pairs: Readonly<Record<string, DynamicValue>>): DynamicValue => new Map(Object.entries(pairs));

const dynamicOf = (evaluate: (series: DynamicValue) => DynamicValue): readonly ScalarOverload[] => [
  { parameters: ['dynamic'], returns: 'dynamic', evaluate },
];

function statisticsBag(series: DynamicValue, ignoreNonfinite = false): DynamicValue {
  if (!isArray(series)) return null;
  const values = elementsOf(series).map((value) => (value === null ? null : Number(value)));
  const found = describeSeries(values, ignoreNonfinite);
  if (found === null) return null;
  return bag({
    min: found.min,
    min_idx: BigInt(found.minIndex),
    max: found.max,
    max_idx: BigInt(found.maxIndex),
    avg: found.average,
    stdev: Math.sqrt(found.variance),
    variance: found.variance,
    sum: found.sum,
    len: BigInt(found.length),
  });
}

function lineBag(series: DynamicValue): DynamicValue {
  const values = realsOf(series);
  if (values === null) return null;
  const { slope, interception, rsquare, variance, rvariance, fitted } = fitLine(values);
  return bag({ slope, interception, rsquare, variance, rvariance, line_fit: fitted });
}

const sideBag = ({ rsquare, slope, interception, variance, rvariance }: LineFit): DynamicValue =>
  bag({ rsquare, slope, interception, variance, rvariance });

function twoLinesBag(series: DynamicValue): DynamicValue {
  const fit = fitTwoLines(realsOf(series) ?? []);
  if (fit === null) return null;
  return bag({
    rsquare: fit.rsquare,
    split_idx: BigInt(fit.split),
    variance: fit.variance,
    rvariance: fit.rvariance,
    line_fit: fit.fitted,
    right: sideBag(fit.right),
    left: sideBag(fit.left),
  });
}

/** The score that a period needs to be taken by series_seasonal. */
const SEASONAL_THRESHOLD = 0.7;

function outliers(
  series: DynamicArray,
  kind: string | null = 'ctukey',
  ignored: number | null = null,
  minPercentile: number | null = 10,
  maxPercentile: number | null = 90,
  testPoints: bigint | null = 0n,
): DynamicValue {
  if (!isArray(series)) return null;
  const values = elementsOf(series).map((value) =>
    value === null || Number(value) === ignored ? null : Number(value),
  );
  return outlierScores(
    values,
    fencesNamed(kind ?? 'ctukey', minPercentile ?? 10, maxPercentile ?? 90),
    Number(testPoints ?? 0n),
  );
}

export const seriesAnalyses: readonly ScalarFunction[] = [
  {
    name: 'series_stats_dynamic',
    signature: 'series_stats_dynamic(series: dynamic [, ignore_nonfinite: bool]): dynamic',
    summary: 'Statistics of a series as a bag; null where a value is not finite and such are not ignored.',
    page: 'series-stats-dynamic-function',
    overloads: [{ parameters: ['dynamic', 'bool'], optional: 1, returns: 'dynamic', evaluate: statisticsBag }],
  },
  {
    name: 'series_fit_line_dynamic',
    signature: 'series_fit_line_dynamic(series: dynamic): dynamic',
    summary: 'The least-squares line through a series as a bag.',
    page: 'series-fit-line-dynamic-function',
    overloads: dynamicOf(lineBag),
  },
  {
    name: 'series_fit_2lines_dynamic',
    signature: 'series_fit_2lines_dynamic(series: dynamic): dynamic',
    summary: 'The two lines, before and from a split, that fit a series best, as a bag.',
    page: 'series-fit-2lines-dynamic-function',
    overloads: dynamicOf(twoLinesBag),
  },
  {
    name: 'series_seasonal',
    signature: 'series_seasonal(series: dynamic [, period: long [, test_points: long]]): dynamic',
    summary: 'The seasonal component of a series: the median of each phase of its period.',
    page: 'series-seasonal-function',
    overloads: [
      {
        parameters: ['dynamic', 'long', 'long'],
        optional: 2,
        returns: 'dynamic',
        evaluate: (series: DynamicValue, period = -1n, testPoints = 0n) => {
          const values = realsOf(series);
          if (values === null) return null;
          return seasonalOf(values, {
            seasonality: Number(period),
            testPoints: Number(testPoints),
            seasonalityThreshold: SEASONAL_THRESHOLD,
          });
        },
      },
    ],
  },
  {
    name: 'series_outliers',
    signature:
      'series_outliers(series: dynamic [, kind: string [, ignore_val: real [, min_percentile, max_percentile [, test_points]]]]): dynamic',
    summary: "The score of each value in Tukey's test; beyond 1.5 or -1.5 a value is an outlier.",
    page: 'series-outliers-function',
    overloads: [
      {
        parameters: ['dynamic', 'string', 'real', 'real', 'real', 'long'],
        optional: 5,
        returns: 'dynamic',
        nulls: 'pass',
        evaluate: outliers,
      },
    ],
  },
];

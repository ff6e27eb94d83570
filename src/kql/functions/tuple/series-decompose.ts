import { KqlError } from '../../kql-error.ts';
import type { DynamicValue } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { type DecompositionOptions, decompose, trendNamed } from '../series/decomposition.ts';
import { fencesNamed, outlierScores } from '../series/outliers.ts';
import { realsOf } from '../series/series-values.ts';

/** The score that a detected period needs, unless the call says otherwise. */
const SEASONALITY_THRESHOLD = 0.6;
const ANOMALY_THRESHOLD = 1.5;

function options(seasonality: bigint, trend: string, testPoints: bigint, threshold: number): DecompositionOptions {
  if (seasonality < -1n || testPoints < 0n) {
    throw new KqlError('evaluation', 'a season of less than -1 points, or a negative number of test points', {
      hint: 'seasonality is -1 (detect), 0 (none) or a number of points',
    });
  }
  return {
    seasonality: Number(seasonality),
    trend: trendNamed(trend),
    testPoints: Number(testPoints),
    seasonalityThreshold: threshold,
  };
}

function parts(series: DynamicValue, chosen: DecompositionOptions): DynamicValue {
  const values = realsOf(series);
  if (values === null) return [null, null, null, null];
  const { baseline, seasonal, trend, residual } = decompose(values, chosen);
  return [baseline, seasonal, trend, residual];
}

export const seriesDecompositions: readonly ScalarFunction[] = [
  {
    name: 'series_decompose',
    signature:
      'series_decompose(series: dynamic [, seasonality: long [, trend: string [, test_points: long [, seasonality_threshold: real]]]]): (baseline, seasonal, trend, residual)',
    summary: 'A series as the sum of a season, a trend and the rest.',
    page: 'series-decompose-function',
    overloads: [
      {
        parameters: ['dynamic', 'long', 'string', 'long', 'real'],
        optional: 4,
        returns: 'dynamic',
        evaluate: (
          series: DynamicValue,
          seasonality = -1n,
          trend = 'avg',
          testPoints = 0n,
          threshold = SEASONALITY_THRESHOLD,
        ) => parts(series, options(seasonality, trend, testPoints, threshold)),
      },
    ],
  },
  {
    name: 'series_decompose_forecast',
    signature:
      'series_decompose_forecast(series: dynamic, points: long [, seasonality: long [, trend: string [, seasonality_threshold: real]]]): (forecast, seasonal, trend, residual)',
    summary: 'The last points of a series as its season and trend before them lead to expect.',
    page: 'series-decompose-forecast-function',
    overloads: [
      {
        parameters: ['dynamic', 'long', 'long', 'string', 'real'],
        optional: 3,
        returns: 'dynamic',
        evaluate: (
          series: DynamicValue,
          points: bigint,
          seasonality = -1n,
          trend = 'linefit',
          threshold = SEASONALITY_THRESHOLD,
        ) => parts(series, options(seasonality, trend, points, threshold)),
      },
    ],
  },
  {
    name: 'series_decompose_anomalies',
    signature:
      'series_decompose_anomalies(series: dynamic [, threshold: real [, seasonality: long [, trend: string [, test_points: long [, AD_method: string [, seasonality_threshold: real]]]]]]): (ad_flag, ad_score, baseline)',
    summary: 'The points of a series that lie too far from its season and trend: 1 above, -1 below, 0 within.',
    page: 'series-decompose-anomalies-function',
    overloads: [
      {
        parameters: ['dynamic', 'real', 'long', 'string', 'long', 'string', 'real'],
        optional: 6,
        returns: 'dynamic',
        evaluate: (
          series: DynamicValue,
          threshold = ANOMALY_THRESHOLD,
          seasonality = -1n,
          trend = 'avg',
          testPoints = 0n,
          method = 'ctukey',
          seasonalityThreshold = SEASONALITY_THRESHOLD,
        ) => {
          const chosen = options(seasonality, trend, testPoints, seasonalityThreshold);
          const fences = fencesNamed(method);
          const values = realsOf(series);
          if (values === null) return [null, null, null];
          const { baseline, residual } = decompose(values, chosen);
          const scores = outlierScores(residual, fences, chosen.testPoints);
          const flags = scores.map((score) => (score > threshold ? 1n : score < -threshold ? -1n : 0n));
          return [flags, scores, baseline];
        },
      },
    ],
  },
];

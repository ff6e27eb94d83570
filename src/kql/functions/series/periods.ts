import { circularAutocorrelation, periodogram } from './fourier.ts';
import { mean } from './series-values.ts';

export type Period = { readonly period: number; readonly score: number };

/** A period has four points at least and occurs more than twice. */
const MIN_PERIOD = 4;

/** A frequency is looked at where noise alone has its power that rarely, or where it holds that share of all power. */
const SIGNIFICANCE = 0.01;
const DOMINANT_SHARE = 0.25;

type Seasonality = {
  /** The circular autocorrelation by lag, its smallest value up to half the length at 0 and lag 0 at 1. */
  readonly scores: readonly number[];
  readonly length: number;
};

function seasonalityOf(values: readonly number[]): Seasonality | undefined {
  const average = mean(values);
  const centered = values.map((value) => value - average);
  if (!centered.some((value) => Math.abs(value) > 1e-12 * Math.abs(average))) return undefined;
  const correlation = circularAutocorrelation(centered);
  const half = correlation.slice(1, Math.floor(values.length / 2) + 1);
  const lowest = Math.min(...half);
  return { scores: correlation.map((value) => (value - lowest) / (1 - lowest)), length: values.length };
}

/**
 * The lag of the hill of the autocorrelation around a period, or undefined where it has none there: the neighbourhood
 * reaches half way to the periods of the next lower and higher frequency (M. Vlachos et al., SDM 2005, section 3.3).
 */
function hillAt(period: number, { scores, length }: Seasonality): number | undefined {
  const frequency = length / period;
  const from = Math.ceil((length / (frequency + 1) + period) / 2 - 1);
  const to = frequency <= 1 ? length : Math.floor((period + length / (frequency - 1)) / 2 + 1);
  const first = Math.max(from, 1);
  const last = Math.min(to, Math.floor(length / 2));
  let best = first;
  for (let lag = first; lag <= last; lag++) if ((scores[lag] as number) > (scores[best] as number)) best = lag;
  return best > first && best < last ? best : undefined;
}

/**
 * The periods of a series between two lengths, best first: frequencies that stand out of the periodogram, each moved to
 * the hill of the autocorrelation that it belongs to and scored by its height.
 */
export function detectPeriods(values: readonly number[], shortest: number, longest: number): readonly Period[] {
  const seasonality = seasonalityOf(values);
  if (seasonality === undefined) return [];
  const average = mean(values);
  const power = periodogram(values.map((value) => value - average)).slice(1);
  // Powers of noise are distributed exponentially: the level, in means, that none of them exceeds but for the significance.
  const significant = -Math.log(1 - (1 - SIGNIFICANCE) ** (1 / power.length));
  const level = Math.min(significant, DOMINANT_SHARE * power.length) * mean(power);
  const found = new Map<number, number>();
  power.forEach((value, index) => {
    if (value < level) return;
    const lag = hillAt(values.length / (index + 1), seasonality);
    if (lag === undefined || lag < Math.max(MIN_PERIOD, shortest) || lag > longest) return;
    found.set(lag, seasonality.scores[lag] as number);
  });
  return [...found]
    .map(([period, score]) => ({ period, score }))
    .sort((a, b) => b.score - a.score || a.period - b.period);
}

/** How well a series repeats itself after a number of points, from 0 to 1; 0 where the period is no hill. */
export function periodScore(values: readonly number[], period: number): number {
  const seasonality = seasonalityOf(values);
  const lag = Math.round(period);
  if (seasonality === undefined || period < MIN_PERIOD || period > values.length / 2) return 0;
  return hillAt(period, seasonality) === lag ? (seasonality.scores[lag] as number) : 0;
}

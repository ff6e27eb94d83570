import { KqlError } from '../../kql-error.ts';
import { detectPeriods } from './periods.ts';
import { fitLine } from './regression.ts';
import { mean, median } from './series-values.ts';

export type Trend = 'avg' | 'linefit' | 'none';

export type DecompositionOptions = {
  /** -1 detects the period, 0 means none. */
  readonly seasonality: number;
  readonly trend: Trend;
  /** How many points at the end are not learned from. */
  readonly testPoints: number;
  /** The score that a detected period needs. */
  readonly seasonalityThreshold: number;
};

export type Decomposition = {
  readonly baseline: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly residual: readonly number[];
};

/** The seasonal component: for each phase the median of its learned points; zeros where there is no season. */
export function seasonalOf(
  values: readonly number[],
  { seasonality, testPoints, seasonalityThreshold }: Omit<DecompositionOptions, 'trend'>,
): readonly number[] {
  const learned = values.slice(0, Math.max(0, values.length - testPoints));
  const period = seasonality === -1 ? detectedPeriod(learned, seasonalityThreshold) : seasonality;
  if (period < 1 || period > learned.length) return values.map(() => 0);
  const phases = Array.from({ length: period }, (_, phase) =>
    median(learned.filter((_value, index) => index % period === phase)),
  );
  return values.map((_, index) => phases[index % period] as number);
}

function detectedPeriod(learned: readonly number[], threshold: number): number {
  const [best] = learned.length === 0 ? [] : detectPeriods(learned, 0, learned.length);
  return best !== undefined && best.score >= threshold ? best.period : 0;
}

/** Season, then trend of what is left, then the rest; all parts are as long as the series. */
export function decompose(values: readonly number[], options: DecompositionOptions): Decomposition {
  const seasonal = seasonalOf(values, options);
  const learnedCount = Math.max(0, values.length - options.testPoints);
  const deseasoned = values.slice(0, learnedCount).map((value, index) => value - (seasonal[index] as number));
  const trend = trendOf(deseasoned, values.length, options.trend);
  const baseline = seasonal.map((value, index) => value + (trend[index] as number));
  return { baseline, seasonal, trend, residual: values.map((value, index) => value - (baseline[index] as number)) };
}

function trendOf(learned: readonly number[], length: number, kind: Trend): readonly number[] {
  const indices = Array.from({ length }, (_, index) => index);
  if (kind === 'none' || learned.length === 0) return indices.map(() => 0);
  if (kind === 'avg') {
    const average = mean(learned);
    return indices.map(() => average);
  }
  const { slope, interception } = fitLine(learned);
  return indices.map((index) => interception + slope * index);
}

export function trendNamed(text: string): Trend {
  if (text === 'avg' || text === 'linefit' || text === 'none') return text;
  throw new KqlError('evaluation', `'${text}' is no trend`, { hint: 'the trends are avg, linefit and none' });
}

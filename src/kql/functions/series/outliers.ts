import { KqlError } from '../../kql-error.ts';
import { ascending, quantile } from './series-values.ts';

/** The share of values below each fence's start, and by what the distance in ranges is multiplied. */
export type Fences = { readonly low: number; readonly high: number; readonly factor: number };

/**
 * The service scales scores so that 1.5 means on normally distributed values what it means with quartiles. Its
 * approximations are 0.675 for the 75th percentile in standard deviations (hence a fence at 4 × 0.675) and 1.29682082
 * for the 90th; what it takes for other percentiles is not published (issue 136 of microsoft/Kusto-Query-Language).
 */
const QUARTILE = 0.675;
const NINETIETH = 1.29682082;
const fences: Readonly<Record<string, Fences>> = {
  ctukey: { low: 0.1, high: 0.9, factor: (3 * NINETIETH) / (4 * QUARTILE - NINETIETH) },
  tukey: { low: 0.25, high: 0.75, factor: 1 },
};

export function fencesNamed(kind: string, minPercentile = 10, maxPercentile = 90): Fences {
  const found = fences[kind];
  if (found === undefined) {
    throw new KqlError('evaluation', `'${kind}' is no method of outlier detection`, {
      hint: 'the methods are ctukey and tukey',
    });
  }
  if (kind === 'ctukey' && (minPercentile !== 10 || maxPercentile !== 90)) {
    throw new KqlError('unsupported', 'ctukey is supported between the 10th and the 90th percentile only', {
      hint: 'how the service scales scores for other percentiles is not published; leave the percentiles out',
    });
  }
  return found;
}

/**
 * How far each value lies outside the fences, in ranges between the two percentiles of the learned values; 0 inside,
 * and of nulls. Where the range is zero, a value outside it scores infinity.
 */
export function outlierScores(
  values: readonly (number | null)[],
  { low, high, factor }: Fences,
  testPoints: number,
): readonly number[] {
  const learned = values.slice(0, Math.max(0, values.length - testPoints)).filter((value) => value !== null);
  if (learned.length === 0) return values.map(() => 0);
  const sorted = ascending(learned);
  const [lower, upper] = [quantile(sorted, low), quantile(sorted, high)];
  return values.map((value) => {
    if (value === null || (value >= lower && value <= upper)) return 0;
    return ((value - (value > upper ? upper : lower)) / (upper - lower)) * factor;
  });
}

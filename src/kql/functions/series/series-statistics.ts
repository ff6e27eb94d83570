import { ascending, mean, sum, variance } from './series-values.ts';

export type SeriesStatistics = {
  readonly min: number;
  readonly minIndex: number;
  readonly max: number;
  readonly maxIndex: number;
  readonly average: number;
  readonly variance: number;
  readonly sum: number;
  readonly length: number;
};

/**
 * The statistics of a series; null where it has no values, or where a value is missing or not finite and those are not
 * to be ignored. Positions count in the whole series.
 */
export function describeSeries(values: readonly (number | null)[], ignoreNonfinite: boolean): SeriesStatistics | null {
  const finite = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  if (finite.length === 0 || (!ignoreNonfinite && finite.length < values.length)) return null;
  const sorted = ascending(finite);
  const [min, max] = [sorted[0] as number, sorted.at(-1) as number];
  return {
    min,
    minIndex: values.indexOf(min),
    max,
    maxIndex: values.indexOf(max),
    average: mean(finite),
    variance: variance(finite),
    sum: sum(finite),
    length: finite.length,
  };
}

import type { Decimal } from 'decimal.js';
import { type DynamicArray, type DynamicValue, isArray, TypedScalar } from '../../values/dynamic.ts';

/** An element of a series: a long, a real, or null for whatever is no number. */
export type SeriesElement = bigint | number | null;

/** A datetime or timespan counts as its ticks, so that a series of times can be computed with. */
function toElement(value: DynamicValue): SeriesElement {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  if (!(value instanceof TypedScalar) || typeof value.value === 'string') return null;
  return typeof value.value === 'bigint' ? value.value : (value.value as Decimal).toNumber();
}

export const elementsOf = (series: DynamicArray): SeriesElement[] => series.map(toElement);

/** Whether all numbers of a series are long; a single real makes the whole series one of reals. */
export const isLongSeries = (elements: readonly SeriesElement[]): boolean =>
  elements.every((element) => typeof element !== 'number');

/** The numbers of a series as reals, the others left out. */
export const numbersOf = (series: DynamicArray): number[] =>
  elementsOf(series)
    .filter((element) => element !== null)
    .map(Number);

/** The series as reals; null where it is no array, is empty, or holds something that is no number. */
export function realsOf(value: DynamicValue): number[] | null {
  if (!isArray(value) || value.length === 0) return null;
  const elements = elementsOf(value);
  return elements.includes(null) ? null : elements.map(Number);
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** The sample variance; 0 of a single value. */
export function variance(values: readonly number[]): number {
  const center = mean(values);
  return values.length < 2 ? 0 : sum(values.map((value) => (value - center) ** 2)) / (values.length - 1);
}

/** The value below which a share of the sorted values lies, interpolated between neighbours. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const index = Math.floor(position);
  const low = sorted[index] as number;
  return low + (position - index) * ((sorted[index + 1] ?? low) - low);
}

export const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
export const median = (values: readonly number[]): number => quantile(ascending(values), 0.5);

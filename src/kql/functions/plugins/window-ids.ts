import type { Value } from '../../values/value.ts';
import type { Bins } from './bins.ts';
import { type Activities, byNumber, timeValue } from './timeline.ts';

/** What happened in one bin of one combination of dimensions. */
export type WindowIds = { readonly bin: bigint; readonly dimension: number; count: number; readonly ids: Set<number> };

/** The activities from `start` to `end` (both included), by dimensions and bin, the bins in order. */
export function windowsOf({ all, dimensionCount }: Activities, bins: Bins, start: bigint, end: bigint) {
  const windows = Array.from({ length: dimensionCount }, () => new Map<bigint, WindowIds>());
  for (const { id, time, dimension } of all) {
    if (time < start || time > end) continue;
    const bin = bins.of(time);
    const ofDimension = windows[dimension] as Map<bigint, WindowIds>;
    let window = ofDimension.get(bin);
    if (window === undefined) {
      window = { bin, dimension, count: 0, ids: new Set() };
      ofDimension.set(bin, window);
    }
    window.count++;
    window.ids.add(id);
  }
  return windows.map((ofDimension) => new Map([...ofDimension].sort(([a], [b]) => byNumber(a, b))));
}

/** A result row: the bin, the dimensions, the figures. */
export const windowRow = (
  { timeType, dimensionValues }: Activities,
  bin: bigint,
  dimension: number,
  figures: readonly Value[],
): Value[] => [timeValue(bin, timeType), ...dimensionValues(dimension), ...figures];

/** The rows in the order of their bins; rows of one bin keep their order. */
export const byBin = <T extends { readonly bin: bigint }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => byNumber(a.bin, b.bin));

import { type CountBounds, scaled } from './count-scale.ts';
import { fitCounts } from './fit-counts.ts';
import type { Moments } from './moments.ts';
import { contains, type TimeSpan, windowsIn } from './time-window.ts';

/** The volume that a run's baseline must show: exactly these moments over the active windows of the span. */
export type BaselineVolume = {
  readonly baseline: TimeSpan;
  readonly moments: Moments;
  readonly bounds: CountBounds;
};

/** How much happens in each active window, by the window's start. */
export type CountPlan = ReadonlyMap<number, number>;

/**
 * Counts for all windows of a span that follow the weights (0 is closed). Within the baseline they have its moments;
 * outside the same scale goes on, so that no seam shows.
 */
export function planCounts(
  span: TimeSpan,
  weightAt: (windowStartMs: number) => number,
  volume: BaselineVolume,
): CountPlan {
  const weights = new Map<number, number>();
  for (const start of windowsIn(span)) {
    const weight = weightAt(start);
    if (weight > 0) {
      weights.set(start, weight);
    }
  }
  const compared = [...weights.keys()].filter((start) => contains(volume.baseline, start));
  const fitted = fitCounts(
    compared.map((start) => weights.get(start) ?? 0),
    volume.moments,
    volume.bounds,
  );
  const counts = new Map([...weights].map(([start, weight]) => [start, Math.round(scaled(weight, fitted.scale))]));
  for (const [index, start] of compared.entries()) {
    counts.set(start, fitted.counts[index] ?? 0);
  }
  return counts;
}

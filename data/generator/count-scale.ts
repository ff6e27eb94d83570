import { GeneratorError } from './generator-error.ts';
import { type Moments, momentsOf } from './moments.ts';

/** Whole numbers, both inclusive. */
export type CountBounds = { readonly minimum: number; readonly maximum: number };

/** Turns a weight into a count: `intercept + slope * weight`, kept within the bounds. */
export type CountScale = CountBounds & { readonly intercept: number; readonly slope: number };

const bisections = 60;
const steepestSlope = 2 ** 40;

/** What the scale makes of a weight, before rounding. */
export function scaled(weight: number, scale: CountScale): number {
  return Math.min(scale.maximum, Math.max(scale.minimum, scale.intercept + scale.slope * weight));
}

/**
 * The scale under which the weights, clipped at the bounds, have the wanted moments: for a slope the intercept that
 * gives the mean, and among the slopes the one that gives the standard deviation (two nested bisections).
 *
 * @throws GeneratorError `moments-impossible` where no slope spreads the weights far enough.
 */
export function fitScale(weights: readonly number[], target: Moments, bounds: CountBounds): CountScale {
  const scaleAt = (slope: number): CountScale => ({
    ...bounds,
    slope,
    intercept: interceptFor(weights, target.mean, bounds, slope),
  });
  const isTooFlat = (slope: number): boolean => {
    const scale = scaleAt(slope);
    return momentsOf(weights.map((weight) => scaled(weight, scale))).standardDeviation < target.standardDeviation;
  };
  let steep = 1;
  while (isTooFlat(steep)) {
    steep *= 2;
    if (steep > steepestSlope) {
      throw new GeneratorError(
        'moments-impossible',
        `counts from ${bounds.minimum} to ${bounds.maximum} that follow these weights have no standard deviation of ${target.standardDeviation}`,
        'Widen the bounds, or give weights that differ more.',
      );
    }
  }
  return scaleAt(bisect(0, steep, isTooFlat));
}

function interceptFor(weights: readonly number[], mean: number, bounds: CountBounds, slope: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const weight of weights) {
    smallest = Math.min(smallest, weight);
    largest = Math.max(largest, weight);
  }
  const isTooLow = (intercept: number): boolean => {
    const scale = { ...bounds, slope, intercept };
    let total = 0;
    for (const weight of weights) {
      total += scaled(weight, scale);
    }
    return total < mean * weights.length;
  };
  return bisect(bounds.minimum - slope * largest, bounds.maximum - slope * smallest, isTooLow);
}

function bisect(from: number, until: number, isTooLow: (candidate: number) => boolean): number {
  let low = from;
  let high = until;
  for (let step = 0; step < bisections; step++) {
    const middle = (low + high) / 2;
    if (isTooLow(middle)) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}

import { type CountBounds, type CountScale, fitScale, scaled } from './count-scale.ts';
import { GeneratorError } from './generator-error.ts';
import type { Moments } from './moments.ts';

export type FittedCounts = { readonly counts: readonly number[]; readonly scale: CountScale };

/** A value that rounds to the wanted two decimals, with room for the last bits of a double. */
const halfCent = 0.005 - 1e-7;

/**
 * Whole counts that follow the weights and whose mean and sample standard deviation are the wanted ones to two decimals.
 *
 * 1. The weights are scaled linearly, and clipped at the bounds, to the wanted moments (`fitScale`), so the rhythm in
 *    the weights stays visible.
 * 2. Rounding down and giving the missing units to the largest remainders makes the sum exact.
 * 3. Moving one unit from a count y to a count x keeps the sum and changes the sum of squares by 2(x - y + 1). Such
 *    moves, each the one that comes nearest, bring the sum of squares to what the standard deviation allows. It is
 *    always an even way to go, because whole numbers and their squares have sums of the same parity.
 *
 * @throws GeneratorError `moments-impossible` where no such counts exist, or where the moves find none within the
 * bounds (with some dozens of weights they do; with a handful a unit more or less may be too coarse).
 */
export function fitCounts(weights: readonly number[], target: Moments, bounds: CountBounds): FittedCounts {
  const sum = sumFor(weights.length, target, bounds);
  const squares = squaresFor(weights.length, sum, target);
  const scale = fitScale(weights, { ...target, mean: sum / weights.length }, bounds);
  const counts = roundToSum(weights, scale, sum);
  moveToSquares(counts, squares, bounds);
  return { counts, scale };
}

function sumFor(size: number, { mean }: Moments, bounds: CountBounds): number {
  const sum = Math.round(mean * size);
  if (size < 2 || Math.abs(sum / size - mean) >= halfCent) {
    throw impossible(`no ${size} whole counts have the mean ${mean}`, 'Change the number of windows by a few.');
  }
  if (sum < bounds.minimum * size || sum > bounds.maximum * size) {
    throw impossible(`the mean ${mean} lies outside ${bounds.minimum} to ${bounds.maximum}`, 'Widen the bounds.');
  }
  return sum;
}

type Squares = { readonly low: number; readonly aim: number; readonly high: number };

function squaresFor(size: number, sum: number, { mean, standardDeviation }: Moments): Squares {
  const squaresAt = (deviation: number): number => Math.max(0, deviation) ** 2 * (size - 1) + (sum * sum) / size;
  const low = squaresAt(standardDeviation - halfCent);
  const high = squaresAt(standardDeviation + halfCent);
  const middle = Math.round((low + high) / 2);
  const aim = [middle, middle - 1, middle + 1].find((s) => (s - sum) % 2 === 0 && s >= low && s <= high);
  if (aim === undefined) {
    throw impossible(
      `no ${size} whole counts with the mean ${mean} have the standard deviation ${standardDeviation}`,
      'Change the number of windows by a few, or the standard deviation by some hundredths.',
    );
  }
  return { low, aim, high };
}

function roundToSum(weights: readonly number[], scale: CountScale, sum: number): number[] {
  const exact = weights.map((weight) => scaled(weight, scale));
  const counts = exact.map(Math.floor);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  // Each remainder is below 1, so at least as many counts have one as units are missing, and none passes a bound.
  const missing = sum - counts.reduce((total, count) => total + count, 0);
  for (const { index } of byRemainder.slice(0, missing)) {
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

function moveToSquares(counts: number[], { low, aim, high }: Squares, bounds: CountBounds): void {
  let squares = counts.reduce((total, count) => total + count * count, 0);
  while (squares < low || squares > high) {
    const move = nearestMove(counts, (aim - squares) / 2, bounds);
    if (move === undefined) {
      throw impossible(
        `found no counts from ${bounds.minimum} to ${bounds.maximum} with the wanted standard deviation`,
        'Widen the bounds, or give more windows.',
      );
    }
    counts[move.to] = (counts[move.to] ?? 0) + 1;
    counts[move.from] = (counts[move.from] ?? 0) - 1;
    squares += 2 * move.gain;
  }
}

type Move = { readonly from: number; readonly to: number; readonly gain: number };

/** The move whose gain x - y + 1 comes nearest to the wanted one, if any brings the squares nearer at all. */
function nearestMove(counts: readonly number[], wanted: number, bounds: CountBounds): Move | undefined {
  let best: Move | undefined;
  let leastError = Math.abs(wanted);
  for (const [to, raised] of counts.entries()) {
    if (raised >= bounds.maximum) {
      continue;
    }
    for (const [from, lowered] of counts.entries()) {
      const gain = raised - lowered + 1;
      const error = Math.abs(gain - wanted);
      if (error < leastError && from !== to && lowered > bounds.minimum) {
        best = { from, to, gain };
        leastError = error;
      }
    }
  }
  return best;
}

function impossible(message: string, hint: string): GeneratorError {
  return new GeneratorError('moments-impossible', message, hint);
}

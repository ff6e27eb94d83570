import type { Random } from './random.ts';

/** Above this mean a Poisson draw is split in two, because exp(-mean) runs out of digits near 700. */
const largestPoissonMean = 30;

/** A standard normal value (Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958). */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.unit()));
  return radius * Math.cos(2 * Math.PI * random.unit());
}

/** Skewed to the right, as latencies and sizes are: half of the values lie below `median`; `spread` is sigma of the log. */
export function logNormal(random: Random, median: number, spread: number): number {
  return median * Math.exp(spread * normal(random));
}

/** How many events happen when `mean` are expected (Knuth, The Art of Computer Programming 2, 3.4.1). */
export function poisson(random: Random, mean: number): number {
  if (mean > largestPoissonMean) {
    return poisson(random, mean / 2) + poisson(random, mean / 2);
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.unit(); product > limit; product *= random.unit()) {
    count++;
  }
  return count;
}

/** How often something goes on that goes on each time with the same probability; `mean` is the average, from 0 up. */
export function geometric(random: Random, mean: number): number {
  if (mean <= 0) {
    return 0;
  }
  return Math.floor(Math.log(1 - random.unit()) / Math.log(mean / (mean + 1)));
}

/**
 * Running totals of the weights of `size` ranks, for `pickIndex`: rank r weighs 1 / (r + flatness)^exponent
 * (Zipf and Mandelbrot). A few ranks get much, most get little, as with the addresses that call an API.
 */
export function heavyTail(size: number, exponent: number, flatness: number): Float64Array {
  const totals = new Float64Array(size);
  let total = 0;
  for (let rank = 0; rank < size; rank++) {
    total += Math.exp(-exponent * Math.log(rank + 1 + flatness));
    totals[rank] = total;
  }
  return totals;
}

/** An index drawn in proportion to the weights whose running totals are given. */
export function pickIndex(random: Random, totals: Float64Array): number {
  const wanted = random.unit() * (totals.at(-1) ?? 0);
  let low = 0;
  let high = totals.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((totals[middle] ?? 0) > wanted) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

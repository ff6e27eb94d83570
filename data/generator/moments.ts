/** The standard deviation is the sample's (divided by n - 1), as KQL's `stdev`. */
export type Moments = { readonly mean: number; readonly standardDeviation: number };

export function momentsOf(values: readonly number[]): Moments {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  const mean = total / values.length;
  let squares = 0;
  for (const value of values) {
    squares += (value - mean) * (value - mean);
  }
  return { mean, standardDeviation: Math.sqrt(squares / (values.length - 1)) };
}

/** Two decimals, as an alert's details show them. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

const minutesPerUnit: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

export const TICKS_PER_MINUTE = 600_000_000n;

/** Minutes of `20m`, `1h`, `14d`: the schema lets no other form through. */
export function minutesOf(text: string): number {
  return Number(text.slice(0, -1)) * (minutesPerUnit[text.slice(-1)] ?? Number.NaN);
}

/** `14d`, `2h`, `70m`: the longest unit that says it in whole numbers, and that a reader counts in. */
export function formatMinutes(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 && minutes > 0 ? `${minutes / 60}h` : `${minutes}m`;
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A duration of an analytics rule in milliseconds, or undefined where the text is none: `20m`, `1h`, `14d` as rule
 * templates write it, or ISO 8601 as ARM does (`P14D`, `PT1H10M`). Years, months and weeks have no place in a rule.
 */
export function parseDurationMs(text: string): number | undefined {
  const short = /^(\d+)([mhd])$/.exec(text);
  if (short !== null) return Number(short[1]) * (MS_PER_UNIT[short[2] as string] as number);
  const iso = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (iso === null || text === 'P') return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = iso.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000;
}

/** A duration for a person: `14d`, `1h 10m`, `90s`. */
export function formatDurationMs(durationMs: number): string {
  let rest = durationMs;
  const parts: string[] = [];
  for (const [unit, unitMs] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const) {
    const count = Math.floor(rest / unitMs);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * unitMs;
  }
  if (rest > 0 || parts.length === 0) parts.push(`${rest}ms`);
  return parts.join(' ');
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration as scenarios write it (`500ms`, `30s`, `20m`, `2h`, `14d`); the schema has checked its form. */
export function spanMs(text: string): number {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  return Number(count) * (MS_PER_UNIT[unit ?? ''] ?? Number.NaN);
}

const DAY_MS = 86_400_000;

/** `19,563`, `1,075.11`, `0.004`: at most two decimals, more only where a small number would become 0. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const magnitude = Math.abs(value);
  const maximumFractionDigits = magnitude === 0 || magnitude >= 0.01 ? 2 : 6;
  return value.toLocaleString('en-US', { maximumFractionDigits });
}

/** For axes: `950`, `1.2k`, `20k`, `3M`. */
export function formatShortNumber(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude >= 1e9) return `${trimZero(value / 1e9)}G`;
  if (magnitude >= 1e6) return `${trimZero(value / 1e6)}M`;
  if (magnitude >= 1e3) return `${trimZero(value / 1e3)}k`;
  return formatNumber(value);
}

const trimZero = (value: number): string => String(Number(value.toFixed(1)));

/** `2026-03-24 11:05`, with seconds where there are some; UTC. */
export function formatTime(timeMs: number): string {
  const iso = isoTime(timeMs);
  const seconds = iso.slice(17, 19);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${seconds === '00' ? '' : `:${seconds}`}`;
}

/** For axes and labels inside a day: `11:05`. */
export const formatClock = (timeMs: number): string => isoTime(timeMs).slice(11, 16);

/** For axes over days: `24 Mar`. */
export function formatDay(timeMs: number): string {
  return new Date(timeMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** For `<time datetime>`: `2026-03-24T11:05:00Z`. */
export function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('.000Z', 'Z');
}

/** `2026-03-24 10:20–10:40`, or both dates where the range ends on another day; UTC. */
export function formatTimeRange(fromMs: number, toMs: number): string {
  const from = formatTime(fromMs);
  const to = formatTime(toMs);
  return from.slice(0, 10) === to.slice(0, 10) ? `${from}–${to.slice(11)}` : `${from} – ${to}`;
}

/** `14 d`, `1 h`, `1 h 10 min`, `20 min`, `1.2 s`, `340 ms`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${trimZero(durationMs / 1_000)} s`;
  const minutes = Math.round(durationMs / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** Whether a range is better labelled by days than by hours. */
export const spansDays = (fromMs: number, toMs: number): boolean => toMs - fromMs > 2 * DAY_MS;

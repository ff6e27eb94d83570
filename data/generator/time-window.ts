export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Traffic is compared in windows of 20 minutes, aligned to the clock: `bin(TimeGenerated, 20m)`. */
export const windowMs = 20 * minuteMs;

/** From `fromMs` (inclusive) to `untilMs` (exclusive), in milliseconds since 1970-01-01T00:00:00Z. */
export type TimeSpan = { readonly fromMs: number; readonly untilMs: number };

/** Anomaly rules run every hour, look back 14 days and leave 10 minutes for late data. */
const runEveryMs = hourMs;
const lookBackMs = 14 * dayMs;
const toleranceMs = 10 * minuteMs;

export function windowOf(atMs: number): number {
  return Math.floor(atMs / windowMs) * windowMs;
}

/** The starts of the windows that lie wholly in the span. */
export function windowsIn(span: TimeSpan): number[] {
  const starts: number[] = [];
  for (let start = Math.ceil(span.fromMs / windowMs) * windowMs; start + windowMs <= span.untilMs; start += windowMs) {
    starts.push(start);
  }
  return starts;
}

export function contains(span: TimeSpan, atMs: number): boolean {
  return atMs >= span.fromMs && atMs < span.untilMs;
}

/** The hourly run that evaluates what happened (or, for a window, closed) at a time: the first one 10 minutes later. */
export function runFor(atMs: number): number {
  return Math.ceil((atMs + toleranceMs) / runEveryMs) * runEveryMs;
}

/** What a run compares with: the whole windows of its look-back that start before the first window it evaluates. */
export function baselineOf(runAtMs: number): TimeSpan {
  // A window is evaluated when its end lies in (run - 70 min, run - 10 min]; on the hour the first starts 80 min before.
  const firstEvaluatedMs = windowOf(runAtMs - runEveryMs - toleranceMs);
  return { fromMs: Math.ceil((runAtMs - lookBackMs) / windowMs) * windowMs, untilMs: firstEvaluatedMs };
}

/** ISO 8601 in UTC with the seven digits of a Kusto datetime: `2026-03-24T10:21:13.4170000Z`. */
export function formatTime(atMs: number): string {
  const minute = Math.floor(atMs / minuteMs);
  if (minute !== known.minute) {
    known.minute = minute;
    known.text = new Date(minute * minuteMs).toISOString().slice(0, 'yyyy-MM-ddTHH:mm:'.length);
  }
  const padded = String(100_000 + Math.trunc(atMs - minute * minuteMs));
  return `${known.text}${padded.slice(1, 3)}.${padded.slice(3)}0000Z`;
}

/** Rows come by time: the minute of one is mostly that of the next. */
const known = { minute: Number.NaN, text: '' };

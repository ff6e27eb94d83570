import { type TimeSpan, windowMs } from './time-window.ts';

/** A time in which the backend of an API does not answer. */
export type Outage = { readonly apiId: string; readonly span: TimeSpan };

/** One bad deployment of the order service, rolled back after twenty minutes. */
export const outages: readonly Outage[] = [
  { apiId: 'orders', span: { fromMs: Date.UTC(2026, 2, 17, 10, 6), untilMs: Date.UTC(2026, 2, 17, 10, 27) } },
];

/** The share of a window, from 0 to 1, in which the API's backend is down. */
export function outageShare(apiId: string, windowStartMs: number): number {
  let downMs = 0;
  for (const { apiId: affected, span } of outages) {
    const overlapMs = Math.min(span.untilMs, windowStartMs + windowMs) - Math.max(span.fromMs, windowStartMs);
    downMs += affected === apiId ? Math.max(0, overlapMs) : 0;
  }
  return downMs / windowMs;
}

export function isDown(apiId: string, atMs: number): boolean {
  return outages.some((outage) => outage.apiId === apiId && atMs >= outage.span.fromMs && atMs < outage.span.untilMs);
}

import type { TimeSlice } from './table-query.ts';

/** Rows and bytes that start in a step of time. */
export type StepCount = { readonly startMs: number; readonly rows: number; readonly bytes: number };

/**
 * What one query may ask for. The service gives 500,000 rows and 64 MB (100 MB unpacked) at most
 * (learn.microsoft.com/azure/azure-monitor/service-limits); texts in JSON take about twice their size, and a row that
 * arrives meanwhile must fit, too.
 */
export const sliceLimits = { rows: 200_000, bytes: 24_000_000 } as const;

/** The steps in which a range is counted: an hour, and more where a month of hours would be too many answers. */
export const countStepMs = ({ fromMs, toMs }: TimeSlice): number =>
  Math.max(3_600_000, Math.ceil((toMs - fromMs) / 2000));

/**
 * Slices of the range, as long as the limits allow, that hold all rows counted. Steps without rows are covered, too: a
 * row may have arrived since. A step with too much is cut into equal parts; where its rows lie unevenly, the service says
 * that a part is too large, and it is cut again.
 */
export function planSlices(range: TimeSlice, stepMs: number, counts: readonly StepCount[]): readonly TimeSlice[] {
  const slices: TimeSlice[] = [];
  let open: { fromMs: number; rows: number; bytes: number } = { fromMs: range.fromMs, rows: 0, bytes: 0 };
  const close = (atMs: number): void => {
    if (atMs > open.fromMs) slices.push({ fromMs: open.fromMs, toMs: atMs });
    // Steps may overlap where the range was counted in parts; slices must not, for rows would come twice.
    open = { fromMs: Math.max(atMs, open.fromMs), rows: 0, bytes: 0 };
  };
  for (const { startMs, rows, bytes } of [...counts].sort((a, b) => a.startMs - b.startMs)) {
    const parts = Math.ceil(Math.max(rows / sliceLimits.rows, bytes / sliceLimits.bytes));
    if (open.rows + rows > sliceLimits.rows || open.bytes + bytes > sliceLimits.bytes) close(startMs);
    open = { ...open, rows: open.rows + rows, bytes: open.bytes + bytes };
    const endMs = Math.min(startMs + stepMs, range.toMs);
    const partMs = Math.max(1, Math.ceil((endMs - startMs) / parts));
    for (let atMs = startMs + partMs; parts > 1 && atMs < endMs; atMs += partMs) close(atMs);
    if (parts > 1) close(endMs);
  }
  close(range.toMs);
  return slices;
}

/** Both halves; undefined for a slice of a millisecond, which cannot be cut. */
export function halve({ fromMs, toMs }: TimeSlice): readonly [TimeSlice, TimeSlice] | undefined {
  if (toMs - fromMs <= 1) return undefined;
  const middleMs = fromMs + Math.floor((toMs - fromMs) / 2);
  return [
    { fromMs, toMs: middleMs },
    { fromMs: middleMs, toMs },
  ];
}

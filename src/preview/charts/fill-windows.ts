export type MeasuredPoint = { readonly atMs: number; readonly value: number };

/**
 * The value of every window from the first to the last: a window without a row had nothing to count, and a line that
 * jumps over it would show calls that nobody made. Points keep their order; windows are counted from the first point.
 */
export function fillWindows(points: readonly MeasuredPoint[], windowMs: number): readonly MeasuredPoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const values = new Map(points.map(({ atMs, value }) => [atMs, value]));
  const count = Math.round((last.atMs - first.atMs) / windowMs) + 1;
  return Array.from({ length: count }, (_, index) => {
    const atMs = first.atMs + index * windowMs;
    return { atMs, value: values.get(atMs) ?? 0 };
  });
}

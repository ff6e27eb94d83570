export type MeasuredPoint = { readonly atMs: number; readonly value: number };

type WindowRange = { readonly windowMs: number; readonly fromMs: number; readonly windowAtMs: number };

/**
 * The value of every window from `fromMs` to the last that has one: a window without a row had nothing to count, and a
 * line that jumps over it would show calls that nobody made. Windows are aligned to the one at `windowAtMs`.
 */
export function fillWindows(
  points: readonly MeasuredPoint[],
  { windowMs, fromMs, windowAtMs }: WindowRange,
): readonly MeasuredPoint[] {
  const values = new Map(points.map(({ atMs, value }) => [atMs, value]));
  const firstMs = windowAtMs - Math.max(0, Math.floor((windowAtMs - fromMs) / windowMs)) * windowMs;
  const lastMs = Math.max(windowAtMs, points.at(-1)?.atMs ?? windowAtMs);
  return Array.from({ length: Math.round((lastMs - firstMs) / windowMs) + 1 }, (_, index) => {
    const atMs = firstMs + index * windowMs;
    return { atMs, value: values.get(atMs) ?? 0 };
  });
}

import type { Answer } from '../answers.ts';
import { GeneratorError } from '../generator-error.ts';
import type { Random } from '../random.ts';
import { type TimeSpan, windowMs, windowOf } from '../time-window.ts';

/** A time in which some calls of an API fail: an outage (`share` 1), a rolling deployment, an expired key. */
export type Trouble = {
  readonly apiId: string;
  readonly span: TimeSpan;
  /** The share of calls that fail, from 0 to 1. */
  readonly share: number;
  readonly answer: Answer;
};

/** How much busier than usual a source is at a time: 1 as usual, 0 closed. */
export type BusyFactor = (source: string, atMs: number) => number;

/** What sources of traffic must know of the month that they are in. */
export type Conditions = {
  /** Traffic of the whole month as a share of the full size. */
  readonly scale: number;
  readonly factor: BusyFactor;
  /** The answer that trouble with the backend makes of a call; undefined where it is answered as wanted. */
  readonly troubleAt: (apiId: string, atMs: number, random: Random) => Answer | undefined;
};

export function conditionsOf(scale: number, factors: readonly BusyFactor[], troubles: readonly Trouble[]): Conditions {
  if (!Number.isFinite(scale) || scale <= 0) {
    throw new GeneratorError('bad-input', `${scale} is no scale`, 'Use a number above 0; 1 is the full size.');
  }
  const byWindow = troublesByWindow(troubles);
  return {
    scale,
    factor: (source, atMs) => factors.reduce((product, factor) => product * factor(source, atMs), 1),
    troubleAt(apiId, atMs, random) {
      const trouble = byWindow
        .get(windowOf(atMs))
        ?.find((one) => one.apiId === apiId && atMs >= one.span.fromMs && atMs < one.span.untilMs);
      return trouble !== undefined && random.chance(trouble.share) ? trouble.answer : undefined;
    },
  };
}

/** Calls ask for the time of each request: most windows have no trouble, and one look tells so. */
function troublesByWindow(troubles: readonly Trouble[]): ReadonlyMap<number, readonly Trouble[]> {
  const byWindow = new Map<number, Trouble[]>();
  for (const trouble of troubles) {
    for (let start = windowOf(trouble.span.fromMs); start < trouble.span.untilMs; start += windowMs) {
      byWindow.set(start, [...(byWindow.get(start) ?? []), trouble]);
    }
  }
  return byWindow;
}

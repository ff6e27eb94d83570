import type { Random } from '../random.ts';
import type { ApiRequest } from '../request.ts';
import type { Conditions } from './conditions.ts';

/** The window of 20 minutes that a source is asked for, and where its requests go. */
export type SourceWindow = {
  readonly startMs: number;
  /** A stream of this source and this window alone: other windows and other sources change nothing here. */
  readonly random: Random;
  readonly conditions: Conditions;
  readonly add: (request: ApiRequest) => void;
};

/**
 * Somebody who sends requests. It is asked window by window, in order, for the requests of everything that starts in the
 * window: sessions may run on past its end, and nothing may lie before its start. It keeps nothing between windows, so
 * that a month is made in the memory of one window.
 */
export type TrafficSource = { readonly name: string; readonly emit: (window: SourceWindow) => void };

/**
 * How many of a fixed series of events happen in a window at a scale: the ones whose running total passes a whole number.
 * Probes and pollers are regular, so that drawing them by chance would be wrong.
 */
export function thinned(index: number, scale: number): number {
  return Math.floor((index + 1) * scale) - Math.floor(index * scale);
}

import { deviationFigures } from '../baseline.ts';
import type { SeriesBaseline } from '../ledger/traffic-ledger.ts';
import { formatTime, runFor, windowMs } from '../time-window.ts';
import type { Judgement } from './attack-family.ts';

export type DeviationCase = {
  readonly rule: string;
  readonly startMs: number;
  readonly key: Readonly<Record<string, string>>;
  readonly observed: number;
  readonly baseline: SeriesBaseline;
  /** Everything but the deviation and the baseline's length. */
  readonly isLarge: boolean;
  readonly thresholds: { readonly deviations: number; readonly minimumBaselineWindows: number };
};

/** How a rule that measures in standard deviations sees one window of one key. */
export function judgeDeviation(one: DeviationCase): Judgement {
  const { baseline, observed, startMs, thresholds } = one;
  const deviation = (observed - baseline.mean) / baseline.standardDeviation;
  return {
    isAbove: one.isLarge && baseline.windows >= thresholds.minimumBaselineWindows && deviation >= thresholds.deviations,
    detection: {
      rule: one.rule,
      runAt: formatTime(runFor(startMs + windowMs)),
      windowStart: formatTime(startMs),
      key: one.key,
      figures: finite(deviationFigures(observed, baseline)),
    },
  };
}

/** Figures that a label can hold: a deviation from a baseline without any spread is infinite, and JSON has no such number. */
export function finite(figures: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}

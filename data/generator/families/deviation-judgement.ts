import { deviationFigures } from '../baseline.ts';
import type { SeriesBaseline } from '../ledger/traffic-ledger.ts';
import { formatTime, runFor, windowMs } from '../time-window.ts';
import type { Judgement } from './attack-family.ts';
import { judgeMeasures, type ThresholdMeasure } from './threshold-measure.ts';

export type DeviationCase = {
  readonly rule: string;
  readonly startMs: number;
  readonly key: Readonly<Record<string, string>>;
  readonly observed: number;
  readonly baseline: SeriesBaseline;
  /** Everything but the deviation and the baseline's length. */
  readonly amounts: readonly ThresholdMeasure[];
  readonly thresholds: { readonly deviations: number; readonly minimumBaselineWindows: number };
};

/** How a rule that measures in standard deviations sees one window of one key. */
export function judgeDeviation(one: DeviationCase): Judgement {
  const { baseline, observed, startMs, thresholds } = one;
  const deviationOf = (value: number): number => (value - baseline.mean) / baseline.standardDeviation;
  const deviation: ThresholdMeasure = {
    unit: 'standard deviations',
    actual: deviationOf(observed),
    withOneFewer: deviationOf(observed - 1),
    least: thresholds.deviations,
  };
  return {
    ...judgeMeasures([...one.amounts, baselineMeasure(baseline, thresholds), deviation]),
    detection: {
      rule: one.rule,
      runAt: formatTime(runFor(startMs + windowMs)),
      windowStart: formatTime(startMs),
      key: one.key,
      figures: finite(deviationFigures(observed, baseline)),
    },
  };
}

/** How long the baseline is; it has nothing to do with how strong an attack is. */
export function baselineMeasure(
  { windows }: Pick<SeriesBaseline, 'windows'>,
  { minimumBaselineWindows }: { readonly minimumBaselineWindows: number },
): ThresholdMeasure {
  return { unit: 'active windows before it', actual: windows, withOneFewer: windows, least: minimumBaselineWindows };
}

/** Figures that a label can hold: a deviation from a baseline without any spread is infinite, and JSON has no such number. */
export function finite(figures: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}

import type { Measurement } from './measure-setting.ts';
import type { Axis, Setting, Sweep } from './sweep.ts';

type Criterion = {
  /** Completes "the setting with …". */
  readonly doc: string;
  /** Compared from the first to the last; more is better. */
  readonly merits: (measurement: Measurement) => readonly number[];
};

/** What makes a setting better than another; ties are left to the margin. */
export const criteria = {
  'full-recall': {
    doc: 'the highest recall, of these the highest precision, of these the fewest false alerts',
    merits: ({ recall, precision, falseAlerts }) => [recall, precision, -falseAlerts],
  },
  f1: {
    doc: 'the highest F1, the harmonic mean of precision and recall',
    merits: ({ f1 }) => [f1],
  },
  quiet: {
    doc: 'the fewest false alerts, of these the highest recall',
    merits: ({ falseAlerts, recall }) => [-falseAlerts, recall],
  },
} as const satisfies Readonly<Record<string, Criterion>>;

export type CriterionName = keyof typeof criteria;

export type Recommendation = {
  readonly criterion: CriterionName;
  readonly measurement: Measurement;
  /** How many settings are as good. */
  readonly asGood: number;
  /**
   * Steps of the sweep in the narrowest direction that still lead to a setting as good; what lies beyond the sweep
   * counts as worse, since nothing is known of it.
   */
  readonly marginSteps: number;
};

/**
 * The best setting by the criterion. Of several as good the one furthest from any worse one, then the one nearest to
 * the current setting, then the first of the sweep.
 */
export function recommend(
  sweep: Sweep,
  measurements: readonly Measurement[],
  current: Setting,
  criterion: CriterionName,
): Recommendation {
  const { merits } = criteria[criterion];
  const best = measurements.reduce((a, b) => (compareLists(merits(b), merits(a)) > 0 ? b : a));
  const asGood = measurements.filter((one) => compareLists(merits(one), merits(best)) === 0);
  const keys = new Set(asGood.map(({ setting }) => keyOf(setting)));
  const swept = sweep.axes.filter(({ values }) => values.length > 1);
  const ranked = asGood.map((measurement) => {
    const marginSteps = marginOf(measurement.setting, swept, keys);
    return { measurement, marginSteps, rank: [marginSteps, -distance(measurement.setting, current, swept)] };
  });
  const { measurement, marginSteps } = ranked.reduce((a, b) => (compareLists(b.rank, a.rank) > 0 ? b : a));
  return { criterion, measurement, asGood: asGood.length, marginSteps };
}

export const keyOf = (setting: Setting): string => JSON.stringify(Object.values(setting));

function compareLists(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, position) => value !== b[position]);
  return index < 0 ? 0 : (a[index] as number) - (b[index] as number);
}

function marginOf(setting: Setting, axes: readonly Axis[], asGood: ReadonlySet<string>): number {
  const directions = axes.flatMap((axis) => [-1, 1].map((direction) => stepsFrom(setting, axis, direction, asGood)));
  return Math.min(...directions, Number.MAX_SAFE_INTEGER);
}

function stepsFrom(setting: Setting, axis: Axis, direction: number, asGood: ReadonlySet<string>): number {
  const start = axis.values.indexOf(setting[axis.parameter] as number);
  let steps = 0;
  for (;;) {
    const value = axis.values[start + (steps + 1) * direction];
    if (value === undefined || !asGood.has(keyOf({ ...setting, [axis.parameter]: value }))) return steps;
    steps++;
  }
}

/** The sum over the swept parameters of how many times larger or smaller the value is, as a logarithm. */
function distance(setting: Setting, current: Setting, axes: readonly Axis[]): number {
  return axes.reduce((sum, { parameter }) => {
    const [a = 0, b = 0] = [setting[parameter], current[parameter]];
    return sum + Math.abs(Math.log((a + 1e-9) / (b + 1e-9)));
  }, 0);
}

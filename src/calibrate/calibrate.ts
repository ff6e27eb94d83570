import type { RuleParameter } from '../content/define-rule.ts';
import type { Catalog } from '../kql/index.ts';
import type { ReplayClock } from '../replay/clock.ts';
import type { QueryEngine } from '../replay/query-engine.ts';
import { readRule } from '../replay/read-rule.ts';
import { replay } from '../replay/replay.ts';
import type { RuleReplay } from '../replay/replay-result.ts';
import { CalibrateError } from './calibrate-error.ts';
import { type CarryingQuery, carryThresholds, covers } from './carry-thresholds.ts';
import type { LabelledDetection } from './labels.ts';
import { type Measurement, measureSetting } from './measure-setting.ts';
import { type CriterionName, keyOf, type Recommendation, recommend } from './recommend.ts';
import { createSharedEngine } from './shared-engine.ts';
import { planSweep, type Setting, type Sweep } from './sweep.ts';

export type CalibrationInput = {
  readonly slug: string;
  readonly parameters: Readonly<Record<string, RuleParameter>>;
  /** A value for every parameter: what the rule runs with now. */
  readonly current: Setting;
  /** Values to try by parameter: see planSweep. */
  readonly asked: ReadonlyMap<string, string>;
  readonly criterion: CriterionName;
  /** The rule's YAML with these values. */
  readonly ruleTextOf: (setting: Setting) => string;
  /** Over the logs, whose tables `catalog` knows too. */
  readonly engine: QueryEngine;
  readonly catalog: Catalog;
  readonly clock: ReplayClock;
  /** How many days the logs last, for alerts a day. */
  readonly days: number;
  readonly detections: readonly LabelledDetection[];
  /** Told how much of the work is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
};

export type Calibration = {
  readonly slug: string;
  readonly days: number;
  readonly detections: number;
  readonly sweep: Sweep;
  /** In the order of the sweep's settings. */
  readonly measurements: readonly Measurement[];
  /** Of the setting that the rule runs with now, in the sweep or not. */
  readonly current: Measurement;
  readonly recommendation: Recommendation;
  /** One replay served all settings, because it is proven to hold the results of each. */
  readonly isShared: boolean;
};

/**
 * Replays a rule with every setting of a sweep over labelled logs and compares what it raises with the labels.
 * @throws CalibrateError; ReplayError or KqlError where the rule itself cannot be read or bound
 */
export async function calibrate(input: CalibrationInput): Promise<Calibration> {
  const { slug, parameters, current, asked, criterion, ruleTextOf, catalog, days, detections } = input;
  const sweep = planSweep(parameters, current, asked);
  const queryOf = (setting: Setting): string => readRule(ruleTextOf(setting), `${slug}.yaml`).query;
  const carrying = carryThresholds(queryOf, sweep, catalog);
  const measure = createMeasure(input, sweep, carrying);
  const measurements: Measurement[] = [];
  for (const setting of sweep.settings) measurements.push(await measure(setting));
  return {
    slug,
    days,
    detections: detections.length,
    sweep,
    measurements,
    current: measurements.find(({ setting }) => keyOf(setting) === keyOf(current)) ?? (await measure(current)),
    recommendation: recommend(sweep, measurements, current, criterion),
    isShared: carrying !== undefined,
  };
}

function createMeasure(
  input: CalibrationInput,
  sweep: Sweep,
  carrying: CarryingQuery | undefined,
): (setting: Setting) => Promise<Measurement> {
  const { engine, detections, days, onProgress } = input;
  const shared = carrying === undefined ? undefined : createSharedEngine(engine, carrying);
  // A shared replay does its work with the first setting; without one each setting is as dear as the others.
  const parts = shared === undefined ? sweep.settings.length : 1;
  let done = 0;
  return async (setting) => {
    const isCovered = carrying !== undefined && shared !== undefined && covers(carrying, setting);
    const replayed = await replaySetting(input, setting, isCovered ? shared(setting) : engine, (share) =>
      onProgress?.(Math.min(1, (done + share) / parts)),
    );
    done++;
    return measureSetting(setting, replayed.alerts, detections, days);
  };
}

async function replaySetting(
  { slug, ruleTextOf, clock }: CalibrationInput,
  setting: Setting,
  engine: QueryEngine,
  onShare: (share: number) => void,
): Promise<RuleReplay> {
  const files = [{ file: `${slug}.yaml`, text: ruleTextOf(setting) }];
  const { rules, problems } = await replay(files, engine, {
    clock,
    onProgress: ({ done, total }) => onShare(total === 0 ? 1 : done / total),
  });
  const [rule] = rules;
  const failure = [...problems, ...(rule?.problems ?? [])].find(({ severity }) => severity === 'error');
  if (rule === undefined || failure !== undefined) {
    const reason = failure?.message ?? 'it cannot be read';
    const hint = failure?.hint ?? 'run the rule with pack replay to see what is wrong';
    throw new CalibrateError('rule-failed', `${slug} with ${describeSetting(setting)}: ${reason}`, hint);
  }
  return rule;
}

/** `deviations 6, minimumCalls 200` */
export const describeSetting = (setting: Setting): string =>
  Object.entries(setting)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

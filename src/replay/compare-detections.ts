import { defaultAssumptions } from './assumptions.ts';
import type { Alert } from './build-alerts.ts';
import { incidentKey } from './incident-key.ts';
import type { ReplayResult, RuleReplay } from './replay-result.ts';

/** What became of one rule's detections when its logs came late. */
export type DelayEffect = {
  readonly slug: string;
  /** Alerts where every row arrives when it is generated. */
  readonly onTime: number;
  readonly delayed: number;
  /** Detections without an alert because rows came too late. */
  readonly lost: readonly Alert[];
  /** Further alerts for a detection that has one. */
  readonly duplicated: readonly Alert[];
  /** Alerts that only the missing of other rows explains. */
  readonly appeared: readonly Alert[];
  /** Detections whose first alert a later run raised. */
  readonly later: readonly Alert[];
};

/** Compares a replay of the same rules and logs without and with a delay of the logs. */
export function compareDetections(onTime: ReplayResult, delayed: ReplayResult): readonly DelayEffect[] {
  return delayed.rules.map((replayed) => {
    const before = onTime.rules.find(({ rule }) => rule.id === replayed.rule.id);
    return compareRule(before?.alerts ?? [], replayed);
  });
}

/** One thing that a rule detects: overlapping windows may raise it more than once even without any delay. */
type Detection = {
  readonly startTicks: bigint;
  readonly onTime: readonly Alert[];
  readonly delayed: Alert[];
};

function compareRule(onTime: readonly Alert[], { rule, alerts }: RuleReplay): DelayEffect {
  const bySubject = detectionsOf(onTime);
  const detections = [...bySubject.values()].flat();
  const appeared: Alert[] = [];
  for (const alert of alerts) {
    const same = nearest(alert, bySubject.get(subjectOf(alert)) ?? []);
    if (same === undefined) appeared.push(alert);
    else same.delayed.push(alert);
  }
  return {
    slug: rule.slug,
    onTime: onTime.length,
    delayed: alerts.length,
    lost: detections.flatMap((one) => (one.delayed.length === 0 ? one.onTime.slice(0, 1) : [])),
    duplicated: detections.flatMap((one) => one.delayed.slice(one.onTime.length)),
    appeared,
    later: detections.flatMap((one) => {
      const [before, after] = [one.onTime[0], one.delayed[0]];
      return before !== undefined && after !== undefined && after.createdMs > before.createdMs ? [after] : [];
    }),
  };
}

/** The detections by what they are about, each list in the order of its first alerts. */
function detectionsOf(alerts: readonly Alert[]): ReadonlyMap<string, readonly Detection[]> {
  const bySubject = new Map<string, (Detection & { readonly onTime: Alert[] })[]>();
  for (const alert of alerts) {
    const { startTicks } = alert;
    const subject = subjectOf(alert);
    const same = bySubject.get(subject) ?? [];
    const known = same.find((detection) => detection.startTicks === startTicks);
    if (known === undefined) same.push({ startTicks, onTime: [alert], delayed: [] });
    else known.onTime.push(alert);
    bySubject.set(subject, same);
  }
  return bySubject;
}

/** Results of an NRT rule without a time of their own begin with the run, which follows the arrival of the rows. */
const NRT_REACH_MS = 3_600_000;

/**
 * The detection whose activity begins nearest, within one frequency of the rule (an hour for NRT rules). Ids of alerts do not
 * tell: they follow the run, and the point is that another run may find it.
 */
function nearest(alert: Alert, detections: readonly Detection[]): Detection | undefined {
  const { kind, queryFrequencyMs } = alert.rule;
  const reachTicks = BigInt(kind === 'NRT' ? NRT_REACH_MS : queryFrequencyMs) * 10_000n;
  let best: { readonly detection: Detection; readonly distance: bigint } | undefined;
  for (const detection of detections) {
    const apart = alert.startTicks - detection.startTicks;
    const distance = apart < 0n ? -apart : apart;
    if (distance <= reachTicks && (best === undefined || distance < best.distance)) best = { detection, distance };
  }
  return best?.detection;
}

/** What an alert is about: what its rule groups incidents by, else its name. Figures change when rows are missing. */
function subjectOf(alert: Alert): string {
  const { incidentGrouping } = alert.rule;
  const key = incidentGrouping === undefined ? '' : incidentKey(alert, incidentGrouping, defaultAssumptions);
  return key === undefined || key === '' ? alert.name : key;
}

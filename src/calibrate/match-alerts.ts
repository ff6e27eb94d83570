import { unixMsFromTicks } from '../kql/index.ts';
import type { Alert } from '../replay/build-alerts.ts';
import type { LabelledDetection } from './labels.ts';

/** What the alerts of a rule are worth against the labels. */
export type AlertMatch = {
  readonly alerts: number;
  /** Alerts that are about a labelled attack. */
  readonly trueAlerts: number;
  readonly detections: number;
  /** Labelled detections that at least one alert is about. */
  readonly found: number;
  /** From the beginning of each found detection to its first alert, in milliseconds, ascending. */
  readonly delaysMs: readonly number[];
};

/**
 * Compares alerts with labels. An alert is about a labelled attack when it shows the key of the detection and what it
 * measured overlaps the attack; the measured time of a rule over windows begins up to one frequency before the attack
 * and is told by its start only.
 */
export function matchAlerts(alerts: readonly Alert[], detections: readonly LabelledDetection[]): AlertMatch {
  const delaysMs: number[] = [];
  const about = new Set<Alert>();
  for (const detection of detections) {
    const matching = alerts.filter((alert) => isAbout(alert, detection));
    for (const alert of matching) about.add(alert);
    if (matching.length === 0) continue;
    delaysMs.push(Math.min(...matching.map(({ createdMs }) => createdMs)) - detection.fromMs);
  }
  return {
    alerts: alerts.length,
    trueAlerts: about.size,
    detections: detections.length,
    found: delaysMs.length,
    delaysMs: delaysMs.sort((a, b) => a - b),
  };
}

function isAbout(alert: Alert, { fromMs, toMs, key }: LabelledDetection): boolean {
  const startMs = unixMsFromTicks(alert.startTicks);
  const endMs = unixMsFromTicks(alert.endTicks);
  const overlaps = startMs <= toMs && endMs + alert.rule.queryFrequencyMs > fromMs && alert.createdMs > fromMs;
  // A detail that the rule does not show cannot tell the alert from others.
  const shows = (name: string, value: string): boolean => alert.customDetails[name]?.includes(value) ?? true;
  return overlaps && Object.entries(key).every(([name, value]) => shows(name, value));
}

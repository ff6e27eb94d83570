import type { Alert } from '../replay/build-alerts.ts';
import type { LabelledDetection } from './labels.ts';
import { matchAlerts } from './match-alerts.ts';
import type { Setting } from './sweep.ts';

/** How well a rule detects with one setting. Shares are from 0 to 1. */
export type Measurement = {
  readonly setting: Setting;
  readonly alerts: number;
  readonly falseAlerts: number;
  /** True alerts of all; 1 where there is no alert, since none is false. */
  readonly precision: number;
  /** Found detections of all labelled ones. */
  readonly recall: number;
  /** 2 · precision · recall / (precision + recall). */
  readonly f1: number;
  readonly alertsPerDay: number;
  /** From the beginning of an attack to its first alert, over the found ones; undefined where none is found. */
  readonly medianDelayMs: number | undefined;
  readonly longestDelayMs: number | undefined;
};

/** @param days how long the logs last */
export function measureSetting(
  setting: Setting,
  alerts: readonly Alert[],
  detections: readonly LabelledDetection[],
  days: number,
): Measurement {
  const match = matchAlerts(alerts, detections);
  const precision = match.alerts === 0 ? 1 : match.trueAlerts / match.alerts;
  const recall = match.found / match.detections;
  return {
    setting,
    alerts: match.alerts,
    falseAlerts: match.alerts - match.trueAlerts,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    alertsPerDay: match.alerts / days,
    medianDelayMs: median(match.delaysMs),
    longestDelayMs: match.delaysMs.at(-1),
  };
}

/** Of values in ascending order: the middle one, or the mean of the two in the middle. */
function median(values: readonly number[]): number | undefined {
  const upper = values[Math.floor(values.length / 2)];
  const lower = values[Math.ceil(values.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

import type { RuleKind } from './analytics-rule.ts';
import type { ReplayAssumptions } from './assumptions.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Limits that Microsoft documents, so they are no assumptions. Sources, all under learn.microsoft.com/azure/sentinel:
 * scheduled-rules-overview (schedule, delay, alerts of a run, suppression, grouping), near-real-time-rules (NRT cadence, delay,
 * alerts), map-data-fields-to-entities (entities), customize-alert-details and surface-custom-details-in-alerts
 * (sizes and counts).
 */
export const serviceLimits = {
  /** From a run's scheduled time to its execution. */
  runDelayMs: { Scheduled: 5 * MINUTE_MS, NRT: 2 * MINUTE_MS },
  /** The last of them is the summary alert. */
  alertsPerRun: { Scheduled: 150, NRT: 30 },
  shortestIntervalMs: 5 * MINUTE_MS,
  longestIntervalMs: 14 * DAY_MS,
  /** A rule that looks back this far … */
  longLookBackMs: 2 * DAY_MS,
  /** … may not run more often than this. */
  longLookBackFrequencyMs: HOUR_MS,
  nrtIntervalMs: MINUTE_MS,
  /** From the generation of a row to its arrival: a row that is later is none that an NRT rule works for. */
  nrtLongestDelayMs: 12 * HOUR_MS,
  longestSuppressionMs: DAY_MS,
  alertsPerIncident: 150,
  shortestGroupingMs: 5 * MINUTE_MS,
  longestGroupingMs: 7 * DAY_MS,
  defaultGroupingMs: 5 * HOUR_MS,
  entitiesPerAlert: 500,
  entitiesBytes: 64 * 1024,
  /** Custom details and alert details together, by the assumption detailsSize. */
  detailsBytes: { '64-KB': 64 * 1024, '2-KB': 2 * 1024 },
  /** Values of one custom detail; those after them are dropped. */
  valuesPerDetail: 50,
  /** Of an alert's overridden name, and of its other overridden properties that hold one value. */
  alertNameBytes: 256,
  alertDescriptionBytes: 5 * 1024,
  queryCharacters: 10_000,
} as const satisfies Record<
  string,
  number | Record<RuleKind, number> | Record<ReplayAssumptions['detailsSize'], number>
>;

import type { RuleKind } from './analytics-rule.ts';

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
  longestSuppressionMs: DAY_MS,
  alertsPerIncident: 150,
  shortestGroupingMs: 5 * MINUTE_MS,
  longestGroupingMs: 7 * DAY_MS,
  defaultGroupingMs: 5 * HOUR_MS,
  entitiesPerAlert: 500,
  entitiesBytes: 64 * 1024,
  /** Custom details and alert details together. */
  detailsBytes: 64 * 1024,
  alertNameCharacters: 256,
  alertDescriptionCharacters: 5000,
  queryCharacters: 10_000,
} as const satisfies Record<string, number | Record<RuleKind, number>>;

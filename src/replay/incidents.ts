import type { AnalyticsRule, Severity } from './analytics-rule.ts';
import type { Alert } from './build-alerts.ts';

export type IncidentStatus = 'New' | 'Active' | 'Closed';

/** An incident as a rule opens it, with what its alerts and the closing of incidents have made of it so far. */
export type Incident = {
  /** Counted from 1 over all rules in the order of creation. */
  readonly number: number;
  readonly rule: AnalyticsRule;
  /** Of the first alert. */
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  /** Milliseconds since 1970: when the first alert was created. */
  readonly createdMs: number;
  /** When it last changed: an alert joined it, or it was closed or opened again. */
  readonly modifiedMs: number;
  /** When it first changed after its creation; undefined: never yet. */
  readonly firstModifiedMs: number | undefined;
  /** Undefined while it is open. */
  readonly closedMs: number | undefined;
  /** How often a further alert has opened it again. */
  readonly reopenings: number;
  readonly alerts: readonly Alert[];
};

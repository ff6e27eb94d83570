import { type AnalyticsRule, type Severity, severities } from './analytics-rule.ts';
import { defaultAssumptions, type ReplayAssumptions } from './assumptions.ts';
import type { Alert } from './build-alerts.ts';
import { groupAlerts } from './group-alerts.ts';

/** An incident as a rule opens it; nobody works on incidents in a replay, so it stays New. */
export type Incident = {
  /** Counted from 1 over all rules in the order of creation. */
  readonly number: number;
  readonly rule: AnalyticsRule;
  /** Of the first alert. */
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  /** Milliseconds since 1970: when the first alert was created. */
  readonly createdMs: number;
  readonly alerts: readonly Alert[];
};

/**
 * The incidents that the alerts of several rules open, in the order in which a workspace numbers them: by time, and at
 * one time by the order of the rules.
 * @param alertsByRule the alerts of each rule in the order of their creation
 */
export function createIncidents(
  alertsByRule: readonly (readonly Alert[])[],
  assumptions: ReplayAssumptions = defaultAssumptions,
): readonly Incident[] {
  return alertsByRule
    .flatMap((alerts) => openIncidents(alerts, assumptions))
    .sort((a, b) => a.createdMs - b.createdMs)
    .map((incident, index) => ({ number: index + 1, ...incident }));
}

function openIncidents(alerts: readonly Alert[], assumptions: ReplayAssumptions): readonly Omit<Incident, 'number'>[] {
  const rule = alerts[0]?.rule;
  if (rule === undefined || !rule.createIncident) return [];
  return groupAlerts(alerts, rule.incidentGrouping, assumptions).map((group) => {
    const first = group[0] as Alert;
    const highest = Math.max(...group.map(({ severity }) => severities.indexOf(severity)));
    return {
      rule,
      title: first.name,
      description: first.description,
      severity: assumptions.incidentSeverity === 'highest' ? (severities[highest] ?? first.severity) : first.severity,
      createdMs: first.createdMs,
      alerts: group,
    };
  });
}

import type { AnalyticsRule, IncidentGrouping } from './analytics-rule.ts';
import { parseDurationMs } from './duration.ts';
import { serviceLimits } from './service-limits.ts';
import type { YamlDocument } from './yaml-document.ts';

/** incidentConfiguration as checkRuleShape has made sure of it. */
export type IncidentsYaml = {
  readonly createIncident?: boolean;
  readonly groupingConfiguration?: Partial<Omit<IncidentGrouping, 'lookbackMs'>> & {
    readonly enabled?: boolean;
    readonly lookbackDuration?: string;
  };
};

const PATH = ['incidentConfiguration', 'groupingConfiguration'] as const;

/** @throws ReplayError `rule-bad-value` for a grouping that Sentinel refuses to save. */
export function readIncidents(
  document: YamlDocument,
  yaml: IncidentsYaml = {},
): Pick<AnalyticsRule, 'createIncident' | 'incidentGrouping'> {
  const createIncident = yaml.createIncident ?? true;
  const { enabled, lookbackDuration, ...grouping } = yaml.groupingConfiguration ?? {};
  if (enabled !== true) return { createIncident, incidentGrouping: undefined };
  const { shortestGroupingMs, longestGroupingMs, defaultGroupingMs } = serviceLimits;
  const lookbackMs = lookbackDuration === undefined ? defaultGroupingMs : (parseDurationMs(lookbackDuration) ?? 0);
  if (lookbackMs < shortestGroupingMs || lookbackMs > longestGroupingMs) {
    const position = document.positionOf([...PATH, 'lookbackDuration']);
    throw document.errorAt('rule-bad-value', 'lookbackDuration is out of range', position, 'write 5m to 7d');
  }
  const incidentGrouping: IncidentGrouping = {
    matchingMethod: grouping.matchingMethod ?? 'AllEntities',
    lookbackMs,
    reopenClosedIncident: grouping.reopenClosedIncident ?? false,
    groupByEntities: grouping.groupByEntities ?? [],
    groupByAlertDetails: grouping.groupByAlertDetails ?? [],
    groupByCustomDetails: grouping.groupByCustomDetails ?? [],
  };
  const { groupByEntities, groupByAlertDetails, groupByCustomDetails } = incidentGrouping;
  const selected = groupByEntities.length + groupByAlertDetails.length + groupByCustomDetails.length;
  if (incidentGrouping.matchingMethod === 'Selected' && selected === 0) {
    const position = document.positionOf([...PATH, 'matchingMethod']);
    const hint = 'name at least one entity type, alert detail or custom detail';
    throw document.errorAt('rule-bad-value', 'matchingMethod: Selected selects nothing', position, hint);
  }
  return { createIncident, incidentGrouping };
}

import type { IncidentGrouping } from './analytics-rule.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import type { Alert } from './build-alerts.ts';
import { entityTypes } from './entity-types.ts';
import { serviceLimits } from './service-limits.ts';

/**
 * The alerts of one rule by incident, incidents in the order of their first alert. An alert joins the latest incident
 * of its key while that is younger than the look-back, counted from its first alert, and holds fewer than 150 alerts.
 * Source: learn.microsoft.com/azure/sentinel/scheduled-rules-overview, "Alert grouping".
 * @param alerts in the order of their creation
 */
export function groupAlerts(
  alerts: readonly Alert[],
  grouping: IncidentGrouping | undefined,
  assumptions: Pick<ReplayAssumptions, 'emptyGroupKey'>,
): readonly (readonly Alert[])[] {
  if (grouping === undefined) return alerts.map((alert) => [alert]);
  const groups: Alert[][] = [];
  const open = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const key = groupKey(alert, grouping, assumptions);
    const group = key === undefined ? undefined : open.get(key);
    if (group !== undefined && canJoin(alert, group, grouping)) {
      group.push(alert);
      continue;
    }
    const started = [alert];
    groups.push(started);
    if (key !== undefined) open.set(key, started);
  }
  return groups;
}

function canJoin(alert: Alert, group: readonly Alert[], { lookbackMs }: IncidentGrouping): boolean {
  const firstMs = group[0]?.createdMs ?? alert.createdMs;
  return group.length < serviceLimits.alertsPerIncident && alert.createdMs - firstMs <= lookbackMs;
}

/** Equal for alerts that belong together; undefined for an alert that belongs to none. */
function groupKey(
  alert: Alert,
  grouping: IncidentGrouping,
  assumptions: Pick<ReplayAssumptions, 'emptyGroupKey'>,
): string | undefined {
  if (grouping.matchingMethod === 'AnyAlert') return '';
  const parts = grouping.matchingMethod === 'AllEntities' ? entityTexts(alert) : selectedTexts(alert, grouping);
  return parts.length === 0 && assumptions.emptyGroupKey === 'own-incident' ? undefined : JSON.stringify(parts);
}

/** Sorted: the same entities in another order are the same entities. */
function entityTexts(alert: Alert, types?: ReadonlySet<string>): readonly string[] {
  return alert.entities
    .filter(({ type }) => types === undefined || types.has(type))
    .map((entity) => JSON.stringify(entity))
    .sort();
}

function selectedTexts(alert: Alert, grouping: IncidentGrouping): readonly string[] {
  const types = new Set(grouping.groupByEntities.map((name) => entityTypes.get(name)?.entitiesType ?? name));
  const details = { DisplayName: alert.name, Severity: alert.severity };
  return [
    ...entityTexts(alert, types),
    ...grouping.groupByAlertDetails.map((detail) => JSON.stringify([detail, details[detail]])),
    ...grouping.groupByCustomDetails.flatMap((key) => {
      const values = [...(alert.customDetails[key] ?? [])].sort();
      return values.length === 0 ? [] : [JSON.stringify([key, values])];
    }),
  ];
}

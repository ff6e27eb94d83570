import type { IncidentGrouping } from './analytics-rule.ts';
import type { ReplayAssumptions } from './assumptions.ts';
import type { Alert } from './build-alerts.ts';
import { entityTypes } from './entity-types.ts';

/**
 * Equal for alerts of one rule that belong together by its grouping; undefined for an alert that belongs to none.
 * Source: learn.microsoft.com/azure/sentinel/scheduled-rules-overview, "Alert grouping".
 */
export function incidentKey(
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

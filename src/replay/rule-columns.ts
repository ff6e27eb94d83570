import type { AnalyticsRule } from './analytics-rule.ts';
import { findPlaceholders } from './placeholders.ts';

/** The columns of the result that a rule's entities, custom details and alert details take. */
export function columnsTaken(rule: AnalyticsRule): ReadonlySet<string> {
  const override = rule.alertDetailsOverride;
  return new Set(
    [
      ...rule.customDetails.map(({ columnName }) => columnName),
      ...rule.entityMappings.flatMap(({ fieldMappings }) => fieldMappings.map(({ columnName }) => columnName)),
      ...findPlaceholders(override.alertDisplayNameFormat ?? ''),
      ...findPlaceholders(override.alertDescriptionFormat ?? ''),
      override.alertSeverityColumnName,
      override.alertTacticsColumnName,
      ...override.alertDynamicProperties.map(({ columnName }) => columnName),
    ].filter((columnName) => columnName !== undefined),
  );
}

import { type KqlFragment, kql, kqlList } from '../../kql.ts';
import { defenderForApisAlert } from '../../rules/defender-for-apis-alert.ts';
import { rules } from '../../rules/index.ts';
import { inRange, rangeGrain } from '../../workbook-parameters.ts';
import { timeRange } from './parameters.ts';

/** That rule raises Defender's own alerts once more; counting both would show each attack twice. */
const countedRuleIds = rules.filter(({ id }) => id !== defenderForApisAlert.id).map(({ id }) => id);

/**
 * Alerts about APIs, each once in its latest state: those of Defender for APIs and of this pack's rules, whose id is the
 * second part of their AlertType.
 */
export const apiAlerts: KqlFragment = kql`
  SecurityAlert
  | where ${inRange(timeRange)}
  | where AlertType startswith "API_" or tostring(split(AlertType, "_")[1]) in ${kqlList(countedRuleIds)}
  | summarize arg_max(TimeGenerated, *) by SystemAlertId`;

/** The first address among the alert's entities. */
export const withAlertAddress: KqlFragment = kql`
  | extend ClientAddress = extract(@'"Address"\s*:\s*"([0-9A-Fa-f.:]+)"', 1, Entities)`;

export const alertsOverTime: KqlFragment = kql`
  ${apiAlerts}
  | summarize Alerts = count() by TimeGenerated = bin(TimeGenerated, ${rangeGrain(timeRange)}), AlertSeverity
  | sort by TimeGenerated asc`;

export const latestAlerts: KqlFragment = kql`
  ${apiAlerts}
  ${withAlertAddress}
  | extend Source = iff(AlertType startswith "API_", "Defender for APIs", "Analytics rule")
  | top 20 by TimeGenerated desc
  | project TimeGenerated, AlertSeverity, AlertName = coalesce(DisplayName, AlertName), ClientAddress, Tactics, Source`;

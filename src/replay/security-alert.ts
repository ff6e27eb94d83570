import { formatDatetime, ticksFromUnixMs, type Value } from '../kql/index.ts';
import type { AnalyticsRule, EventGrouping, RuleKind } from './analytics-rule.ts';
import type { Alert } from './build-alerts.ts';
import { formatCustomDetails } from './custom-details.ts';
import { formatValue } from './format-value.ts';
import { formatEntities } from './map-entities.ts';

/** The workspace that a replay's rows name: it has none. */
export const REPLAY_WORKSPACE_ID = '00000000-0000-0000-0000-000000000000';

const providers: Readonly<Record<RuleKind, { readonly provider: string; readonly component: string }>> = {
  Scheduled: { provider: 'ASI Scheduled Alerts', component: 'Scheduled Alerts' },
  NRT: { provider: 'ASI NRT Alerts', component: 'NRT Alerts' },
};

/** The service writes another name into alerts than rules have for it. */
const groupingNames: Readonly<Record<EventGrouping, string>> = {
  SingleAlert: 'SingleAlert',
  AlertPerResult: 'AlertPerEvent',
};

/**
 * An alert as a row of SecurityAlert, canonical values by column name; columns that the service leaves empty for its
 * own alerts are left out.
 * Source: learn.microsoft.com/azure/sentinel/security-alert-schema.
 */
export function securityAlertRow(alert: Alert): Readonly<Record<string, Value>> {
  const { rule, properties } = alert;
  const { provider, component } = providers[rule.kind];
  const createdTicks = ticksFromUnixMs(alert.createdMs);
  const { techniques, subTechniques } = splitTechniques(rule);
  return {
    TenantId: REPLAY_WORKSPACE_ID,
    TimeGenerated: createdTicks,
    DisplayName: alert.name,
    AlertName: alert.name,
    AlertSeverity: alert.severity,
    Description: alert.description,
    ProviderName: properties.ProviderName ?? provider,
    VendorName: 'Microsoft',
    VendorOriginalId: alert.id,
    SystemAlertId: alert.id,
    AlertType: `${REPLAY_WORKSPACE_ID}_${rule.id}`,
    ConfidenceLevel: properties.ConfidenceLevel ?? '',
    ConfidenceScore: properties.ConfidenceScore === undefined ? null : Number(properties.ConfidenceScore),
    IsIncident: false,
    StartTime: alert.startTicks,
    EndTime: alert.endTicks,
    ProcessingEndTime: createdTicks,
    RemediationSteps: properties.RemediationSteps ?? '',
    ExtendedProperties: JSON.stringify(extendedProperties(alert)),
    Entities: formatEntities(alert.entities),
    SourceSystem: 'Detection',
    ExtendedLinks: properties.ExtendedLinks ?? '',
    ProductName: properties.ProductName ?? 'Azure Sentinel',
    ProductComponentName: properties.ProductComponentName ?? component,
    AlertLink: properties.AlertLink ?? '',
    Status: 'New',
    Tactics: alert.tactics.length === 0 ? 'Unknown' : alert.tactics.join(','),
    Techniques: properties.Techniques ?? techniques,
    SubTechniques: properties.SubTechniques ?? subTechniques,
    Type: 'SecurityAlert',
  };
}

function splitTechniques(rule: AnalyticsRule): { readonly techniques: string; readonly subTechniques: string } {
  const sub = rule.techniques.filter((technique) => technique.includes('.'));
  const main = [...new Set(rule.techniques.map((technique) => technique.replace(/\..*$/, '')))];
  const list = (names: readonly string[]): string => (names.length === 0 ? '' : JSON.stringify(names));
  return { techniques: list(main), subTechniques: list(sub) };
}

/** Keys and spelling as in the rows of a workspace; keys that name its storage are left out. */
function extendedProperties(alert: Alert): Readonly<Record<string, string>> {
  const { rule, run } = alert;
  const now = formatDatetime(ticksFromUnixMs(run.nowMs));
  return {
    'Query Period': formatValue(BigInt(rule.queryPeriodMs) * 10_000n, 'timespan'),
    'Trigger Operator': rule.triggerOperator,
    'Trigger Threshold': String(rule.triggerThreshold),
    'Search Query Results Overall Count': String(alert.results.rows.length),
    Query: `set query_now = datetime(${now});\n${rule.query}`,
    'Query Start Time UTC': formatSecond(run.window.fromMs),
    'Query End Time UTC': formatSecond(run.window.toMs),
    'Analytic Rule Ids': JSON.stringify([rule.id]),
    'Event Grouping': groupingNames[rule.eventGrouping],
    'Analytic Rule Name': rule.name,
    ProcessedBySentinel: 'True',
    'Alert generation status': 'Full alert created',
    ...(rule.customDetails.length === 0 ? {} : { 'Custom Details': formatCustomDetails(alert.customDetails) }),
  };
}

/** `2026-03-24 11:00:00Z` */
const formatSecond = (timeMs: number): string =>
  formatDatetime(ticksFromUnixMs(timeMs))
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');

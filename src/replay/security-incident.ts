import { ticksFromUnixMs, type Value } from '../kql/index.ts';
import type { Incident } from './incidents.ts';
import { nameUuid } from './name-uuid.ts';
import { REPLAY_WORKSPACE_ID } from './security-alert.ts';

/**
 * An incident as a row of SecurityIncident. The table is a log: every change of an incident is a further row with all
 * of its state, so that readers take the latest row of an IncidentNumber.
 * Source: learn.microsoft.com/azure/azure-monitor/reference/tables/securityincident and
 * learn.microsoft.com/azure/sentinel/manage-soc-with-incident-metrics.
 */
export function securityIncidentRow(incident: Incident): Readonly<Record<string, Value>> {
  const { alerts, rule } = incident;
  const modifiedTicks = ticksFromUnixMs(incident.modifiedMs);
  const tactics = [...new Set(alerts.flatMap((alert) => alert.tactics))];
  return {
    TenantId: REPLAY_WORKSPACE_ID,
    TimeGenerated: modifiedTicks,
    IncidentName: nameUuid(alerts[0]?.id ?? REPLAY_WORKSPACE_ID, 'incident'),
    IncidentNumber: incident.number,
    ProviderName: 'Azure Sentinel',
    ProviderIncidentId: String(incident.number),
    Title: incident.title,
    Description: incident.description,
    Severity: incident.severity,
    Status: incident.status,
    Classification: incident.status === 'Closed' ? 'Undetermined' : '',
    CreatedTime: ticksFromUnixMs(incident.createdMs),
    FirstModifiedTime: incident.firstModifiedMs === undefined ? null : ticksFromUnixMs(incident.firstModifiedMs),
    LastModifiedTime: modifiedTicks,
    ClosedTime: incident.closedMs === undefined ? null : ticksFromUnixMs(incident.closedMs),
    FirstActivityTime: alerts.reduce((first, alert) => min(first, alert.startTicks), alerts[0]?.startTicks ?? 0n),
    LastActivityTime: alerts.reduce((last, alert) => max(last, alert.endTicks), alerts[0]?.endTicks ?? 0n),
    AlertIds: alerts.map(({ id }) => id),
    RelatedAnalyticRuleIds: [rule.id],
    BookmarkIds: [],
    Comments: [],
    Labels: [],
    AdditionalData: new Map<string, string | bigint | readonly string[]>([
      ['alertsCount', BigInt(alerts.length)],
      ['alertProductNames', ['Azure Sentinel']],
      ['tactics', tactics],
    ]),
    ModifiedBy: incident.status === 'Closed' ? 'Analyst' : 'Alert updated',
    SourceSystem: 'Azure',
    Type: 'SecurityIncident',
  };
}

const min = (a: bigint, b: bigint): bigint => (b < a ? b : a);
const max = (a: bigint, b: bigint): bigint => (b > a ? b : a);

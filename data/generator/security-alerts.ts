import { estate } from './estate.ts';
import { guid } from './identifiers.ts';
import type { Random } from './random.ts';
import type { Row, RowValue } from './row.ts';
import { formatTime, type TimeSpan } from './time-window.ts';

/** An alert of Microsoft Defender for Cloud, before it is written as a row. */
export type DefenderAlert = {
  readonly alertType: string;
  readonly displayName: string;
  readonly description: string;
  readonly severity: 'Low' | 'Medium' | 'High';
  readonly tactic: string;
  /** What it is about. */
  readonly activity: TimeSpan;
  /** When it reaches the workspace. */
  readonly raisedAtMs: number;
  readonly resourceId: string;
  readonly compromisedEntity: string;
  readonly address: string;
  readonly extendedProperties: Readonly<Record<string, string>>;
  /** New where absent; an alert that somebody closed is logged once more. */
  readonly status?: 'Dismissed' | 'Resolved';
};

/** Rows of SecurityAlert, oldest first. Entities and extended properties are JSON text, as in the table. */
export function securityAlertRows(random: Random, alerts: readonly DefenderAlert[]): Row[] {
  return [...alerts].sort((a, b) => a.raisedAtMs - b.raisedAtMs).map((alert) => securityAlertRow(random, alert));
}

function securityAlertRow(random: Random, alert: DefenderAlert): Row {
  const entities: RowValue = [
    { $id: '1', ResourceId: alert.resourceId, Type: 'azure-resource' },
    { $id: '2', Address: alert.address, Type: 'ip' },
  ];
  const id = guid(random);
  return {
    TimeGenerated: formatTime(alert.raisedAtMs),
    DisplayName: alert.displayName,
    AlertName: alert.displayName,
    AlertType: alert.alertType,
    AlertSeverity: alert.severity,
    Description: alert.description,
    ProductName: 'Azure Security Center',
    VendorName: 'Microsoft',
    VendorOriginalId: id,
    SystemAlertId: guid(random),
    ResourceId: alert.resourceId,
    CompromisedEntity: alert.compromisedEntity,
    StartTime: formatTime(alert.activity.fromMs),
    EndTime: formatTime(alert.activity.untilMs),
    ProcessingEndTime: formatTime(alert.raisedAtMs),
    Status: alert.status ?? 'New',
    Tactics: alert.tactic,
    Techniques: '[]',
    IsIncident: false,
    Entities: JSON.stringify(entities),
    ExtendedProperties: JSON.stringify(alert.extendedProperties),
    ExtendedLinks: '[]',
    RemediationSteps: '[]',
    WorkspaceSubscriptionId: estate.subscriptionId,
    WorkspaceResourceGroup: estate.resourceGroupName,
    TenantId: estate.workspaceId,
    SourceSystem: 'Detection',
    Type: 'SecurityAlert',
  };
}

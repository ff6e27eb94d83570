import type { LogMode, Topology } from './pack-config.ts';

/**
 * What a rule reads: the tables, and Sentinel's data connector that fills them (`requiredDataConnectors`).
 * `prerequisite` says what has to be switched on, because several columns are empty in a default setup.
 */
export type DataSource = {
  readonly connectorId: string;
  readonly dataTypes: readonly string[];
  readonly prerequisite: string;
};

/** No published connector carries API Management's logs; the id is this pack's own (docs/decisions/0004). */
export function apimGatewayLogs(): DataSource {
  return {
    connectorId: 'AzureApiManagement',
    dataTypes: ['ApiManagementGatewayLogs'],
    prerequisite:
      'API Management: diagnostic setting GatewayLogs, resource specific; sampling 100 %; log the request headers X-Forwarded-For (and X-Azure-SocketIP behind Front Door).',
  };
}

export function wafLogs(topology: Topology, logMode: LogMode): DataSource {
  const tables = { 'resource-specific': ['AGWFirewallLogs'], 'azure-diagnostics': ['AzureDiagnostics'] };
  const gatewayTables = logMode === 'both' ? ['AGWFirewallLogs', 'AzureDiagnostics'] : tables[logMode];
  return {
    connectorId: 'WAF',
    dataTypes: topology === 'front-door' ? ['AzureDiagnostics'] : gatewayTables,
    prerequisite: 'Web application firewall: diagnostic setting for the firewall log.',
  };
}

export function defenderForCloudAlerts(): DataSource {
  return {
    connectorId: 'MicrosoftDefenderForCloudTenantBased',
    dataTypes: ['SecurityAlert'],
    prerequisite:
      "Defender for Cloud with the plan Defender for APIs; switch off the connector's own incident creation.",
  };
}

export function azureActivity(): DataSource {
  return {
    connectorId: 'AzureActivity',
    dataTypes: ['AzureActivity'],
    prerequisite: 'Azure Activity: the subscriptions that hold the WAF policies.',
  };
}

import { estate } from './estate.ts';
import { guid } from './identifiers.ts';
import type { Random } from './random.ts';
import type { Row, RowValue } from './row.ts';
import { dayMs, formatTime, hourMs, secondMs, type TimeSpan } from './time-window.ts';
import { callers, officeAddress, type PolicyChange, policyHistory } from './waf/policy-history.ts';

/** A write to Azure Resource Manager. It is logged when it starts and when it ends. */
type AdministrativeWrite = {
  readonly atMs: number;
  readonly caller: string;
  readonly callerAddress: string;
  readonly operation: string;
  readonly resourceId: string;
  readonly status: 'Success' | 'Failure';
  readonly body?: RowValue;
};

const routinePerDay = 3;
const writeTakesMs = 4 * secondMs;

/** What administrators and pipelines do all month, none of it to the firewall. */
const routineOperations: readonly (readonly [operation: string, resourceId: string, caller: string])[] = [
  ['Microsoft.ApiManagement/service/apis/write', `${estate.apiManagementId}/apis/orders`, callers.deployment],
  [
    'Microsoft.ApiManagement/service/apis/policies/write',
    `${estate.apiManagementId}/apis/catalog/policies/policy`,
    callers.deployment,
  ],
  [
    'Microsoft.ApiManagement/service/subscriptions/listSecrets/action',
    `${estate.apiManagementId}/subscriptions/till-3`,
    callers.onCall,
  ],
  ['Microsoft.Network/applicationGateways/backendhealth/action', estate.applicationGatewayId, callers.network],
  ['Microsoft.Network/applicationGateways/write', estate.applicationGatewayId, callers.network],
  [
    'Microsoft.Insights/diagnosticSettings/write',
    `${estate.apiManagementId}/providers/Microsoft.Insights/diagnosticSettings/to-sentinel`,
    callers.deployment,
  ],
  [
    'Microsoft.Resources/deployments/write',
    `/subscriptions/${estate.subscriptionId}/resourceGroups/${estate.resourceGroupName}/providers/Microsoft.Resources/deployments/api-release`,
    callers.deployment,
  ],
];

/** Rows of AzureActivity: the month's routine and every change of the firewall's policy. */
export function activityRows(random: Random, span: TimeSpan, history: readonly PolicyChange[] = policyHistory): Row[] {
  const writes = [...routineWrites(random.fork('routine'), span), ...history.map(policyWrite)];
  writes.sort((a, b) => a.atMs - b.atMs);
  const ids = random.fork('ids');
  const rows = writes.flatMap((write) => {
    const correlationId = guid(ids);
    return [
      {
        atMs: write.atMs - writeTakesMs,
        row: activityRow(ids, write, 'Start', write.atMs - writeTakesMs, correlationId),
      },
      { atMs: write.atMs, row: activityRow(ids, write, write.status, write.atMs, correlationId) },
    ];
  });
  return rows.sort((a, b) => a.atMs - b.atMs).map(({ row }) => row);
}

function routineWrites(random: Random, span: TimeSpan): AdministrativeWrite[] {
  const days = Math.floor((span.untilMs - span.fromMs) / dayMs);
  return Array.from({ length: days * routinePerDay }, (_, index) => {
    const [operation, resourceId, caller] = random.pick(routineOperations);
    const day = Math.floor(index / routinePerDay);
    const atMs = span.fromMs + day * dayMs + 7 * hourMs + random.below(10 * hourMs);
    return { atMs, caller, callerAddress: officeAddress, operation, resourceId, status: 'Success' };
  });
}

const policyType = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies';

function policyWrite(change: PolicyChange): AdministrativeWrite {
  const facts = {
    atMs: change.atMs,
    caller: change.caller,
    callerAddress: change.callerAddress,
    resourceId: estate.wafPolicyId,
    status: change.isRefused === true ? ('Failure' as const) : ('Success' as const),
  };
  if (change.state === 'Deleted') {
    return { ...facts, operation: `${policyType}/delete` };
  }
  const state = change.state ?? 'Enabled';
  return {
    ...facts,
    operation: `${policyType}/write`,
    body: {
      location: 'westeurope',
      properties: {
        policySettings: { mode: change.mode, state, requestBodyCheck: true, maxRequestBodySizeInKb: 128 },
        customRules: change.customRules.map((name, index) => ({ name, priority: 10 * (index + 1), state: 'Enabled' })),
        managedRules: {
          managedRuleSets: [{ ruleSetType: change.ruleSet.type, ruleSetVersion: change.ruleSet.version }],
        },
      },
    },
  };
}

type ActivityStatus = 'Start' | 'Success' | 'Failure';

function activityRow(
  random: Random,
  write: AdministrativeWrite,
  status: ActivityStatus,
  atMs: number,
  correlationId: string,
): Row {
  const provider = write.operation.split('/')[0] ?? '';
  const properties = activityProperties(write, status);
  return {
    TimeGenerated: formatTime(atMs),
    OperationNameValue: write.operation.toUpperCase(),
    ActivityStatusValue: status,
    ActivitySubstatusValue: status === 'Failure' ? 'Forbidden' : status === 'Success' ? 'OK' : '',
    Level: status === 'Failure' ? 'Error' : 'Informational',
    CategoryValue: 'Administrative',
    Caller: write.caller,
    CallerIpAddress: write.callerAddress,
    CorrelationId: correlationId,
    EventDataId: guid(random),
    EventSubmissionTimestamp: formatTime(atMs),
    ResourceProviderValue: provider.toUpperCase(),
    ResourceGroup: estate.resourceGroupName.toUpperCase(),
    SubscriptionId: estate.subscriptionId,
    _ResourceId: write.resourceId.toLowerCase(),
    Authorization: JSON.stringify({ action: write.operation, scope: write.resourceId }),
    Authorization_d: { action: write.operation, scope: write.resourceId },
    Properties: JSON.stringify(properties),
    Properties_d: properties,
    Type: 'AzureActivity',
  };
}

/** Bodies stand in it as JSON text: what was asked for with every row, what the resource became with the last one. */
function activityProperties(write: AdministrativeWrite, status: ActivityStatus): Readonly<Record<string, RowValue>> {
  const properties: Record<string, RowValue> = {
    eventCategory: 'Administrative',
    entity: write.resourceId,
    message: write.operation,
    hierarchy: `${estate.tenantId}/${estate.subscriptionId}`,
    resource: write.resourceId.split('/').at(-1) ?? '',
  };
  if (write.body !== undefined) {
    properties.requestbody = JSON.stringify(write.body);
  }
  if (status === 'Success') {
    properties.statusCode = 'OK';
    if (write.body !== undefined) {
      properties.responseBody = JSON.stringify({
        id: write.resourceId,
        ...(write.body as Readonly<Record<string, RowValue>>),
      });
    }
  }
  if (status === 'Failure') {
    properties.statusCode = 'Forbidden';
    properties.statusMessage = JSON.stringify({ error: { code: 'AuthorizationFailed' } });
  }
  return properties;
}

import { estate } from '../../generator/estate.ts';
import type { Row, RowValue } from '../../generator/row.ts';
import { formatTime, secondMs } from '../../generator/time-window.ts';
import { callers, intruderAddress } from '../../generator/waf/policy-history.ts';
import { durationMs, timeMs } from '../parameters.ts';
import type { Step } from '../step.ts';

const resourceTypes = {
  'application-gateway': 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
  'front-door': 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies',
  cdn: 'Microsoft.Cdn/CdnWebApplicationFirewallPolicies',
} as const;

type Parameters = {
  readonly at: string;
  readonly takes?: string;
  readonly policy?: string;
  readonly kind?: keyof typeof resourceTypes;
  readonly operation?: 'write' | 'delete';
  readonly settings?: Readonly<Record<string, string | boolean | number>>;
  readonly outcome?: 'Success' | 'Accept' | 'Failure' | 'none';
  readonly caller?: string;
  readonly address?: string;
  readonly correlation?: string;
  readonly form?: 'bag' | 'text';
};

/** A write to a firewall's policy as the activity log has it: the row that starts it holds the request. */
export const policyWrite: Step<Parameters> = (parameters, place) => {
  const { outcome = 'Success', settings } = parameters;
  const endMs = timeMs(parameters.at);
  const startMs = endMs - durationMs(parameters.takes, 4 * secondMs);
  const start = activityRow(parameters, place, { atMs: startMs, status: 'Start', settings });
  const end = activityRow(parameters, place, { atMs: endMs, status: outcome, settings: undefined });
  return [{ table: 'AzureActivity', rows: outcome === 'none' ? [start] : [start, end] }];
};

type ActivityEvent = {
  readonly atMs: number;
  readonly status: string;
  readonly settings: Parameters['settings'];
};

function activityRow(parameters: Parameters, place: number, { atMs, status, settings }: ActivityEvent): Row {
  const { policy = estate.wafPolicyName, kind = 'application-gateway', operation = 'write', form = 'bag' } = parameters;
  const type = resourceTypes[kind];
  const id = `/subscriptions/${estate.subscriptionId}/resourceGroups/${estate.resourceGroupName}/providers/${type}/${policy}`;
  const properties: Readonly<Record<string, RowValue>> = {
    eventCategory: 'Administrative',
    entity: id,
    ...(settings === undefined
      ? {}
      : { requestbody: JSON.stringify({ location: 'westeurope', properties: { policySettings: settings } }) }),
  };
  return {
    TimeGenerated: formatTime(atMs),
    OperationNameValue: `${type}/${operation}`.toUpperCase(),
    ActivityStatusValue: status,
    CategoryValue: 'Administrative',
    Caller: parameters.caller ?? callers.onCall,
    CallerIpAddress: parameters.address ?? intruderAddress,
    CorrelationId: parameters.correlation ?? `c0aa0000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    ResourceGroup: estate.resourceGroupName.toUpperCase(),
    SubscriptionId: estate.subscriptionId,
    _ResourceId: id.toLowerCase(),
    Properties: JSON.stringify(properties),
    ...(form === 'bag' ? { Properties_d: properties } : {}),
    Type: 'AzureActivity',
  };
}

/** The made-up Azure estate that the sample logs come from; every table names the same resources. */
const subscriptionId = '7c1e4b52-0d6f-4f0e-9a35-2b8e61d4c7a9';
const resourceGroup = `/subscriptions/${subscriptionId}/resourceGroups/rg-api-prod`;

export const estate = {
  subscriptionId,
  resourceGroupName: 'rg-api-prod',
  tenantId: 'b5a9d3e0-6c47-4c1b-8f52-91e7d40a6c38',
  workspaceId: '0e6b7f14-52d8-4a9c-b3e1-6d5f8c20a974',
  region: 'West Europe',
  host: 'api.contoso.com',
  apiManagementId: `${resourceGroup}/providers/Microsoft.ApiManagement/service/apim-contoso-prod`,
  applicationGatewayId: `${resourceGroup}/providers/Microsoft.Network/applicationGateways/agw-contoso-prod`,
  wafPolicyName: 'waf-contoso-api',
  wafPolicyId: `${resourceGroup}/providers/Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/waf-contoso-api`,
  /** Private addresses of the gateway's instances: what API Management sees as the caller. */
  applicationGatewayAddresses: ['10.20.0.4', '10.20.0.5', '10.20.0.6'],
  /** A probe inside the virtual network, which calls API Management without going through the gateway. */
  probeAddress: '10.20.8.17',
} as const;

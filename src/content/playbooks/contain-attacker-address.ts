import { definePlaybook } from '../define-playbook.ts';
import { ownRuleName, wafPolicyType } from './contain-attacker-address/names.ts';
import { containAttackerAddressWorkflow } from './contain-attacker-address/workflow.ts';

export const containAttackerAddress = definePlaybook({
  slug: 'contain-attacker-address',
  version: '1.0.0',
  metadata: {
    title: "Contain an attacker's address in the Application Gateway WAF policy",
    description:
      'Adds the public IP addresses of an incident to one custom rule of an Application Gateway WAF policy, for a limited time. Addresses that are private, reserved, your own gateway or on the allow list are never blocked. The outcome is a comment and a tag on the incident.',
    mainSteps: [
      'Takes the IP entities of the incident and keeps valid public addresses, IPv4 and IPv6.',
      'Leaves out your own gateways, the AllowedRanges and the watchlist of allowed addresses; stops if one of these guards cannot be read.',
      'Reads the WAF policy, checks that there is room, and records when the block ends in the watchlist of blocked addresses.',
      `Adds the addresses to the rule ${ownRuleName} and leaves everything else in the policy as it is.`,
      'Reads the policy back and tries again, up to five times, if another change came between.',
      'Comments on the incident whatever the outcome, and tags it.',
    ],
    prerequisites: [
      'An Application Gateway WAF policy in prevention mode in front of API Management.',
      'Permission to create role definitions and role assignments on the resource groups of the WAF policy and of the workspace.',
    ],
    postDeployment: [
      'Allow Microsoft Sentinel to run the playbook: Settings > Playbook permissions, on the resource group of the playbook.',
      "Put your partners' and your own addresses on the watchlist of allowed addresses (column AddressRange), and your gateways' public addresses into GatewayRanges.",
      "Generate the pack with forwardedHop: last in pack.config.yaml. The first hop of X-Forwarded-For is what the caller claims: with it, an attacker can have somebody else's address blocked.",
      'Deploy automation-rule.json, which runs the playbook on incidents of the rules that name it.',
    ],
    lastUpdateTime: '2026-03-31T00:00:00Z',
    entities: ['ip'],
    tags: ['Remediation', 'API protection', 'WAF'],
    support: { tier: 'community' },
    author: { name: 'sentinel-api-pack' },
    releaseNotes: [
      { version: '1.0.0', title: 'First release', notes: ['Application Gateway WAF policy, IPv4 and IPv6.'] },
    ],
  },
  topologies: ['application-gateway'],
  parameters: [
    {
      name: 'WafPolicyId',
      type: 'string',
      defaultValue: '',
      description:
        'Resource id of the Application Gateway WAF policy. While it is empty the playbook changes nothing and says so on the incident.',
    },
    {
      name: 'AllowedRanges',
      type: 'array',
      defaultValue: [],
      description: 'Addresses and CIDR ranges that are never blocked, besides those on the watchlist.',
    },
    {
      name: 'GatewayRanges',
      type: 'array',
      defaultValue: [],
      description: 'Public addresses and CIDR ranges of your own gateways, proxies and outbound NAT.',
    },
    {
      name: 'AllowedWatchlist',
      type: 'string',
      defaultValue: 'api-pack-allowed-addresses',
      description: 'Alias of the watchlist of addresses that are never blocked (column AddressRange).',
    },
    {
      name: 'BlockedWatchlist',
      type: 'string',
      defaultValue: 'api-pack-blocked-addresses',
      description: 'Alias of the watchlist in which the end of each block is recorded (columns Address, ExpiresAt).',
    },
    {
      name: 'BlockHours',
      type: 'int',
      defaultValue: 24,
      minValue: 1,
      maxValue: 8760,
      description: 'Hours after which a block is due to be lifted.',
    },
    {
      name: 'MaximumAddresses',
      type: 'int',
      defaultValue: 100,
      minValue: 1,
      maxValue: 600,
      description: 'An incident with more addresses to block than this is left to a person.',
    },
    {
      name: 'MaximumRanges',
      type: 'int',
      defaultValue: 600,
      minValue: 1,
      maxValue: 600,
      description: 'Ranges that one condition takes: 600 with CRS 3.2 or DRS, 540 with older rule sets.',
    },
    {
      name: 'DryRun',
      type: 'bool',
      defaultValue: false,
      description: 'Decide and comment, but change neither the WAF policy nor the watchlist.',
    },
  ],
  derivedParameters: { WorkspaceId: 'workspace-id' },
  watchlists: [
    {
      aliasParameter: 'AllowedWatchlist',
      displayName: 'API pack: addresses never to be blocked',
      description: 'Addresses and CIDR ranges (column AddressRange) that playbooks of the API pack never block.',
      searchKey: 'AddressRange',
    },
    {
      aliasParameter: 'BlockedWatchlist',
      displayName: 'API pack: blocked addresses',
      description:
        'Addresses that playbooks of the API pack have blocked, and until when (columns Address, ExpiresAt).',
      searchKey: 'Address',
    },
  ],
  permissions: [
    {
      slug: 'waf-policy',
      scope: { kind: 'resource', idParameter: 'WafPolicyId', resourceType: wafPolicyType },
      role: 'custom',
      roleName: 'API pack: change a WAF policy',
      actions: [`${wafPolicyType}/read`, `${wafPolicyType}/write`],
      reason: 'Read the WAF policy and write its custom rule; nothing else in its resource group.',
    },
    {
      slug: 'incidents',
      scope: { kind: 'workspace' },
      role: 'built-in',
      roleName: 'Microsoft Sentinel Responder',
      roleDefinitionId: '3e150937-b8fe-4cfb-8069-0eaf05ecd056',
      reason: 'Receive incidents, comment on and tag them.',
    },
    {
      slug: 'watchlist-items',
      scope: { kind: 'workspace' },
      role: 'custom',
      roleName: 'API pack: write watchlist items',
      actions: ['Microsoft.SecurityInsights/Watchlists/read', 'Microsoft.SecurityInsights/Watchlists/write'],
      reason: 'Read the allow list and record when a block ends; Responder may not write watchlists.',
    },
  ],
  automationRule: {
    id: '5b0f6f0e-3f0b-4d0e-9a55-2c7f1f3d8a61',
    displayName: "Contain an attacker's address",
    order: 100,
  },
  workflow: containAttackerAddressWorkflow,
});

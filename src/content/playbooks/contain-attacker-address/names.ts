import { concat, parameters, variables } from '../../workflow/expression-functions.ts';

/** The one custom rule of the WAF policy that this playbook creates, changes and reads. */
export const ownRuleName = 'SentinelApiPackBlock';

export const managementEndpoint = 'https://management.azure.com';

/** API versions of the requests that the playbook sends while it runs. */
export const apiVersions = { wafPolicy: '2024-05-01', watchlist: '2024-09-01' };

/** Custom rules of an Application Gateway WAF policy: at most 100, with priorities 1 to 100, each used once. */
export const policyLimits = { rules: 100, priorities: 100 };

/** The type of an Application Gateway WAF policy. */
export const wafPolicyType = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies';

/** Address of the WAF policy at Azure Resource Manager. */
export const wafPolicyUri = concat(
  managementEndpoint,
  parameters('WafPolicyId'),
  `?api-version=${apiVersions.wafPolicy}`,
);

/**
 * What a run comes to. Each is the last part of the incident's tag (`api-pack-contained`) and has a sentence in the
 * comment.
 */
export const outcomes = [
  'contained',
  'already-blocked',
  'not-enforced',
  'dry-run',
  'no-address',
  'too-many-addresses',
  'not-configured',
  'allow-list-unreadable',
  'guard-invalid',
  'own-rule-altered',
  'too-many-ranges',
  'too-many-rules',
  'policy-unreadable',
  'not-recorded',
  'not-written',
  'write-refused',
  'not-confirmed',
  'failed',
] as const;

export type Outcome = (typeof outcomes)[number];

/** The outcomes after which the run itself is marked as failed, so that monitoring of Logic Apps sees it. */
export const failedOutcomes: readonly [Outcome, ...Outcome[]] = [
  'too-many-addresses',
  'not-configured',
  'allow-list-unreadable',
  'guard-invalid',
  'own-rule-altered',
  'too-many-ranges',
  'too-many-rules',
  'policy-unreadable',
  'not-recorded',
  'not-written',
  'write-refused',
  'not-confirmed',
  'failed',
];

/** Refers to an outcome; a misspelt one does not compile. */
export const outcome = (name: Outcome): Outcome => name;

/** The outcome so far. It is set to the failure that would be true before each step that can fail. */
export const outcomeSoFar = variables('Outcome');

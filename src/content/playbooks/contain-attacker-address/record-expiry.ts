import type { Action } from '../../workflow/action.ts';
import { property } from '../../workflow/expression.ts';
import {
  and,
  body,
  concat,
  equals,
  items,
  not,
  or,
  outputs,
  parameters,
  textOf,
  triggerBody,
  uriComponent,
  variables,
  workflowRunName,
} from '../../workflow/expression-functions.ts';
import { isDecision } from './decide.ts';
import { apiVersions, managementEndpoint, outcome, ownRuleName } from './names.ts';
import { ownRuleIn } from './own-rule.ts';

const attacker = items('Record_expiry');

/** The id of the watchlist item is a function of the address: to block it again renews one item. */
const itemUri = concat(
  managementEndpoint,
  parameters('WorkspaceId'),
  '/providers/Microsoft.SecurityInsights/watchlists/',
  uriComponent(parameters('BlockedWatchlist')),
  '/watchlistItems/',
  property(attacker, 'id'),
  `?api-version=${apiVersions.watchlist}`,
);

/** Keeps the state before the first write, for the run's history and the comment. */
export const noteStateBefore: Action = {
  type: 'If',
  name: 'Note_state_before_the_first_write',
  condition: not(equals(variables('Written'), true)),
  whenTrue: [
    {
      type: 'SetVariable',
      name: 'Note_policy_before',
      variable: 'Policy_before',
      value: {
        etag: textOf(property(body('Get_policy'), 'etag')),
        customRules: property(body('Get_policy'), 'properties', 'customRules'),
        ownRule: ownRuleIn('Before'),
      },
    },
    { type: 'SetVariable', name: 'Note_added', variable: 'Added', value: body('Missing_addresses') },
  ],
};

const isRenewal = and(isDecision('unchanged'), not(equals(parameters('DryRun'), true)));

/**
 * Records when each block ends, once and before the policy is written: so there is never a block that nothing lifts.
 * An address that is already blocked gets its time renewed.
 */
export const recordExpiry: Action = {
  type: 'If',
  name: 'Record_expiry_if_due',
  condition: and(not(equals(variables('Recorded'), true)), or(isDecision('write'), isRenewal)),
  whenTrue: [
    { type: 'SetVariable', name: 'Phase_recording', variable: 'Outcome', value: outcome('not-recorded') },
    {
      type: 'Foreach',
      name: 'Record_expiry',
      from: outputs('Attackers'),
      actions: [
        {
          type: 'Http',
          name: 'Put_blocked_address',
          method: 'PUT',
          uri: itemUri,
          body: {
            properties: {
              itemsKeyValue: {
                Address: property(attacker, 'address'),
                ExpiresAt: variables('Expires_at'),
                Policy: parameters('WafPolicyId'),
                Rule: ownRuleName,
                Incident: property(triggerBody(), 'object', 'id'),
                Run: workflowRunName(),
              },
            },
          },
        },
      ],
    },
    { type: 'SetVariable', name: 'Note_recording', variable: 'Recorded', value: true },
    { type: 'SetVariable', name: 'Phase_recorded', variable: 'Outcome', value: outcome('not-written') },
  ],
};

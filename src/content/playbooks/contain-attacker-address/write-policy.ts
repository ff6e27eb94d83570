import type { Action } from '../../workflow/action.ts';
import { property } from '../../workflow/expression.ts';
import {
  body,
  coalesce,
  createArray,
  empty,
  equals,
  ifAny,
  item,
  not,
  outputs,
  setProperty,
  textOf,
  union,
  variables,
} from '../../workflow/expression-functions.ts';
import { isDecision } from './decide.ts';
import { outcome, ownRuleName, wafPolicyUri } from './names.ts';
import { customRulesOf, isBlockedIn, isOwnRule, matchValuesOf, ownRuleIn, readOwnRule } from './own-rule.ts';

const baseRule = outputs('Base_rule');

/** The whole policy as it was read, with the own rule alone changed or added: nothing is rebuilt field by field. */
const changePolicy: readonly Action[] = [
  {
    type: 'Compose',
    name: 'New_rule',
    inputs: {
      name: ownRuleName,
      priority: property(body('Free_priorities'), 0),
      state: 'Enabled',
      ruleType: 'MatchRule',
      action: 'Block',
      matchConditions: [
        {
          matchVariables: [{ variableName: 'RemoteAddr' }],
          operator: 'IPMatch',
          // The API's own spelling.
          negationConditon: false,
          matchValues: body('Missing_addresses'),
        },
      ],
    },
  },
  { type: 'Compose', name: 'Base_rule', inputs: coalesce(ownRuleIn('Before'), outputs('New_rule')) },
  {
    type: 'Compose',
    name: 'Next_rule',
    inputs: setProperty(
      baseRule,
      'matchConditions',
      createArray(
        setProperty(
          property(baseRule, 'matchConditions', 0),
          'matchValues',
          union(matchValuesOf(baseRule), body('Missing_addresses')),
        ),
      ),
    ),
  },
  {
    type: 'Select',
    name: 'Rules_in_place',
    from: customRulesOf('Get_policy'),
    select: ifAny(isOwnRule, outputs('Next_rule'), item()),
  },
  {
    type: 'Compose',
    name: 'Next_rules',
    inputs: ifAny(
      empty(body('Before_own_rules')),
      union(body('Rules_in_place'), createArray(outputs('Next_rule'))),
      body('Rules_in_place'),
    ),
  },
  {
    type: 'Compose',
    name: 'Next_policy',
    inputs: setProperty(
      body('Get_policy'),
      'properties',
      setProperty(property(body('Get_policy'), 'properties'), 'customRules', outputs('Next_rules')),
    ),
  },
];

const etagOf = (getAction: string) => textOf(property(body(getAction), 'etag'));

/**
 * Writes, reads back and compares. The host's own retries are off for the PUT: a retry would send the policy as it was
 * seconds or minutes ago. The next attempt reads it anew instead.
 */
const putAndReadBack: readonly Action[] = [
  { type: 'SetVariable', name: 'Note_writing', variable: 'Written', value: true },
  { type: 'SetVariable', name: 'Phase_written', variable: 'Outcome', value: outcome('not-confirmed') },
  {
    type: 'Http',
    name: 'Put_policy',
    method: 'PUT',
    uri: wafPolicyUri,
    headers: { 'If-Match': coalesce(property(body('Get_policy'), 'etag'), '*') },
    body: outputs('Next_policy'),
    retry: false,
  },
  {
    type: 'SetVariable',
    name: 'Note_status',
    runsOn: ['Succeeded', 'Failed', 'TimedOut'],
    variable: 'Http_status',
    value: coalesce(property(outputs('Put_policy'), 'statusCode'), 0),
  },
  { type: 'Http', name: 'Get_policy_after', method: 'GET', uri: wafPolicyUri },
  ...readOwnRule('After', 'Get_policy_after'),
  { type: 'Query', name: 'Still_missing', from: outputs('Attackers'), where: not(isBlockedIn('After')) },
  {
    type: 'SetVariable',
    name: 'Note_confirmation',
    variable: 'Confirmed',
    // Where the rule is no longer the playbook's own, none of its ranges count, and all attackers are missing.
    value: empty(body('Still_missing')),
  },
];

/** Neither API version documents a conditional write: the ETag is compared just before, and sent along all the same. */
export const writePolicy: Action = {
  type: 'If',
  name: 'Write_if_due',
  condition: isDecision('write'),
  whenTrue: [
    ...changePolicy,
    { type: 'Http', name: 'Get_policy_again', method: 'GET', uri: wafPolicyUri },
    {
      type: 'If',
      name: 'If_nobody_else_wrote',
      condition: equals(etagOf('Get_policy_again'), etagOf('Get_policy')),
      whenTrue: putAndReadBack,
    },
  ],
};

export const hasWritten = equals(variables('Written'), true);

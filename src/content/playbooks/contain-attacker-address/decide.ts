import type { Action } from '../../workflow/action.ts';
import { property } from '../../workflow/expression.ts';
import {
  add,
  and,
  body,
  coalesce,
  contains,
  empty,
  equals,
  greater,
  greaterOrEquals,
  ifText,
  item,
  length,
  not,
  or,
  outputs,
  parameters,
  range,
  startsWith,
  textOf,
  toLower,
  variables,
} from '../../workflow/expression-functions.ts';
import { outcome, policyLimits, wafPolicyType } from './names.ts';
import { customRulesOf, isBlockedIn, isUsable, matchValuesOf, ownRuleIn, readOwnRule } from './own-rule.ts';

const policyId = toLower(textOf(parameters('WafPolicyId')));

// The id becomes the path of a request that carries a token: it has to start a path, not to name another host.
const isPolicyId = and(startsWith(policyId, '/subscriptions/'), contains(policyId, `/${wafPolicyType.toLowerCase()}/`));

/** What stops the playbook before it reads the policy; `ready` if nothing does. */
export const preflight: Action = {
  type: 'Compose',
  name: 'Preflight',
  inputs: ifText(
    not(isPolicyId),
    outcome('not-configured'),
    ifText(
      not(empty(variables('Allow_list_page'))),
      outcome('allow-list-unreadable'),
      ifText(
        not(empty(body('Unreadable_guards'))),
        outcome('guard-invalid'),
        ifText(
          empty(outputs('Attackers')),
          outcome('no-address'),
          ifText(
            greater(length(outputs('Attackers')), parameters('MaximumAddresses')),
            outcome('too-many-addresses'),
            'ready',
          ),
        ),
      ),
    ),
  ),
};

/** What is to be done with the policy just read. `write` and `unchanged` contain the attackers, the others do not. */
export type Decision = 'write' | 'unchanged' | 'dry-run' | 'own-rule-altered' | 'too-many-ranges' | 'too-many-rules';

const decision = (name: Decision): Decision => name;
export const isDecision = (name: Decision) => equals(outputs('Decision'), decision(name));

const hasNoRule = empty(body('Before_own_rules'));
const rangesAfter = add(length(matchValuesOf(ownRuleIn('Before'))), length(body('Missing')));
const policyIsFull = or(
  greaterOrEquals(length(customRulesOf('Get_policy')), policyLimits.rules),
  empty(body('Free_priorities')),
);

/** From the answer of `Get_policy` to `Decision`: pure functions of the policy, the attackers and the parameters. */
export const decide: readonly Action[] = [
  ...readOwnRule('Before', 'Get_policy'),
  {
    type: 'Query',
    name: 'Missing',
    purpose: 'The attackers that the own rule does not hold yet.',
    from: outputs('Attackers'),
    where: not(isBlockedIn('Before')),
  },
  { type: 'Select', name: 'Missing_addresses', from: body('Missing'), select: property(item(), 'address') },
  {
    type: 'Select',
    name: 'Used_priorities',
    from: customRulesOf('Get_policy'),
    select: property(item(), 'priority'),
  },
  {
    type: 'Query',
    name: 'Free_priorities',
    from: range(1, policyLimits.priorities),
    where: not(contains(body('Used_priorities'), item())),
  },
  {
    type: 'Compose',
    name: 'Is_enforced',
    purpose: 'Whether a block rule blocks: not in detection mode, nor with the policy or the own rule disabled.',
    inputs: and(
      equals(property(body('Get_policy'), 'properties', 'policySettings', 'mode'), 'Prevention'),
      equals(coalesce(property(body('Get_policy'), 'properties', 'policySettings', 'state'), 'Enabled'), 'Enabled'),
      equals(coalesce(property(ownRuleIn('Before'), 'state'), 'Enabled'), 'Enabled'),
    ),
  },
  {
    type: 'Compose',
    name: 'Decision',
    inputs: ifText(
      not(isUsable('Before')),
      decision('own-rule-altered'),
      ifText(
        empty(body('Missing')),
        decision('unchanged'),
        ifText(
          greater(rangesAfter, parameters('MaximumRanges')),
          decision('too-many-ranges'),
          ifText(
            and(hasNoRule, policyIsFull),
            decision('too-many-rules'),
            ifText(equals(parameters('DryRun'), true), decision('dry-run'), decision('write')),
          ),
        ),
      ),
    ),
  },
];

import type { Action } from '../../workflow/action.ts';
import { prefixWhere, readAddresses, readingOf } from '../../workflow/address-range.ts';
import { type Expression, property } from '../../workflow/expression.ts';
import {
  and,
  body,
  coalesce,
  empty,
  equals,
  intersection,
  item,
  length,
  lessOrEquals,
  listOf,
  not,
  or,
  outputs,
  textOf,
  toLower,
} from '../../workflow/expression-functions.ts';
import { ownRuleName } from './names.ts';

/** The custom rules in the answer of an action that got the policy. */
export const customRulesOf = (getAction: string): Expression<'any'> =>
  listOf(property(body(getAction), 'properties', 'customRules'));

/** Whether the rule at hand in a Select or Query is the playbook's own; Azure compares names without regard to case. */
export const isOwnRule = equals(toLower(textOf(property(item(), 'name'))), ownRuleName.toLowerCase());

/** The own rule as an answer of the policy has it; null where there is none. */
export const ownRuleIn = (reading: string): Expression<'any'> => property(body(`${reading}_own_rules`), 0);

export const matchValuesOf = (rule: Expression<'any'>): Expression<'any'> =>
  listOf(property(rule, 'matchConditions', 0, 'matchValues'));

/**
 * Reads the own rule from the answer of `getAction`. No other rule's match values are looked at.
 * Yields `ownRuleIn(reading)`, `isUsable(reading)`, and what `isBlockedIn(reading)` needs.
 */
export function readOwnRule(reading: string, getAction: string): readonly Action[] {
  const rule = ownRuleIn(reading);
  return [
    { type: 'Query', name: `${reading}_own_rules`, from: customRulesOf(getAction), where: isOwnRule },
    {
      type: 'Compose',
      name: `${reading}_is_usable`,
      purpose:
        'Whether the own rule is absent, or still the one condition on the client address that the playbook wrote.',
      inputs: and(
        lessOrEquals(length(body(`${reading}_own_rules`)), 1),
        or(empty(body(`${reading}_own_rules`)), hasOwnShape(rule)),
      ),
    },
    ...readAddresses({ name: reading, form: 'range', from: matchValuesOf(rule), text: item() }),
    {
      type: 'Select',
      name: `${reading}_prefixes`,
      from: readingOf(reading),
      select: prefixWhere(equals(outputs(`${reading}_is_usable`), true)),
    },
  ];
}

export const isUsable = (reading: string): Expression<'boolean'> => equals(outputs(`${reading}_is_usable`), true);

/** Whether the own rule holds the attacker at hand in a Query, by itself or in a range. */
export const isBlockedIn = (reading: string): Expression<'boolean'> =>
  not(empty(intersection(property(item(), 'prefixes'), body(`${reading}_prefixes`))));

/** Conditions of a rule are joined by AND: addresses added to a rule with a second condition would not be blocked. */
function hasOwnShape(rule: Expression<'any'>): Expression<'boolean'> {
  const condition = property(rule, 'matchConditions', 0);
  return and(
    equals(property(rule, 'ruleType'), 'MatchRule'),
    equals(property(rule, 'action'), 'Block'),
    equals(length(listOf(property(rule, 'matchConditions'))), 1),
    equals(length(listOf(property(condition, 'matchVariables'))), 1),
    equals(property(condition, 'matchVariables', 0, 'variableName'), 'RemoteAddr'),
    equals(property(condition, 'operator'), 'IPMatch'),
    not(equals(coalesce(property(condition, 'negationConditon'), false), true)),
  );
}

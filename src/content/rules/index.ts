import type { AnyRuleDefinition } from '../define-rule.ts';
import { apiDistributedParameterEnumeration } from './api-distributed-parameter-enumeration.ts';
import { apiTrafficPopulationSpike } from './api-traffic-population-spike.ts';
import { apiTrafficSingleAddressSpike } from './api-traffic-single-address-spike.ts';
import { defenderForApisAlert } from './defender-for-apis-alert.ts';
import { wafProtectionWeakened } from './waf-protection-weakened.ts';
import { wafSqlInjection } from './waf-sql-injection.ts';

/** Every analytics rule of the pack, in the order of the catalogue. */
export const rules: readonly AnyRuleDefinition[] = [
  apiTrafficPopulationSpike,
  apiTrafficSingleAddressSpike,
  apiDistributedParameterEnumeration,
  wafSqlInjection,
  defenderForApisAlert,
  wafProtectionWeakened,
];

/** The rules whose incidents a playbook answers: an automation rule names their ids. */
export function rulesAnsweredBy(playbookSlug: string): readonly AnyRuleDefinition[] {
  return rules.filter(({ response }) => response.includes(playbookSlug));
}

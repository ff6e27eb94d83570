import type { AttackFamily } from './attack-family.ts';
import { defenderAlertFamily } from './defender-alert.ts';
import { parameterEnumerationFamily } from './parameter-enumeration.ts';
import { populationSpikeFamily } from './population-spike.ts';
import { singleAddressSpikeFamily } from './single-address-spike.ts';
import { sqlInjectionFamily } from './sql-injection.ts';
import { wafWeakenedFamily } from './waf-weakened.ts';

/** Every detection family; a new one is a file and a row here. */
export const attackFamilies: readonly AttackFamily[] = [
  populationSpikeFamily,
  singleAddressSpikeFamily,
  parameterEnumerationFamily,
  sqlInjectionFamily,
  defenderAlertFamily,
  wafWeakenedFamily,
];

import { groupFalseAlarms } from './false-alarms.ts';
import type { MonthQuality } from './format-quality.ts';
import type { MeasuredMonth } from './measured-month.ts';
import { scoreAttacks, scoreFamilies, scoreRules } from './score-rules.ts';

/** The outcome for programs: what the page says, without its words. */
export function qualityJson(qualities: readonly MonthQuality[]): string {
  const months = qualities.map(({ month, allowed }) => ({
    ...monthFacts(month),
    rules: scoreRules(month),
    families: scoreFamilies(month),
    attacks: scoreAttacks(month).map(({ attack, outcome, delayMs, others }) => ({
      attack: attack.attack,
      threshold: attack.threshold,
      outcome,
      ...(delayMs === undefined ? {} : { delayMs }),
      others,
    })),
    falseAlarms: groupFalseAlarms(month),
    ...(allowed === undefined ? {} : { rulesWithAllowList: scoreRules(allowed) }),
  }));
  return `${JSON.stringify({ months }, null, 2)}\n`;
}

function monthFacts({ labels: { month, seed, scale, from, until, traffic }, rows }: MeasuredMonth) {
  return { month, seed, scale, from, until, rows, traffic };
}

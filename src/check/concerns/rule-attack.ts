import { parentTechnique, techniqueTactics } from '../../content/attack.ts';
import type { Check, RuleFile } from '../check.ts';
import { type Issue, issue } from '../issue.ts';

/** Tactics of ATT&CK for ICS, which no API has. */
const industrialTactics: readonly string[] = ['ImpairProcessControl', 'InhibitResponseFunction'];

/** Every technique serves one of the rule's tactics; a sub-technique serves those of its technique. */
export const ruleAttack: Check = {
  name: 'rule ATT&CK',
  run: ({ rules }) => rules.flatMap((file) => [...techniqueIssues(file), ...industrialIssues(file)]),
};

function techniqueIssues(file: RuleFile): readonly Issue[] {
  return file.rule.relevantTechniques.flatMap((technique, index) => {
    const place = file.placeOf(['relevantTechniques', index]);
    // ATT&CK for ICS numbers its techniques from T0800.
    if (/^T0[89]\d\d/.test(technique)) {
      const message = `${technique} is a technique of ATT&CK for ICS`;
      return [issue('rule-technique', place, message, 'Name the one of ATT&CK Enterprise: T1110 is brute force.')];
    }
    const parent = parentTechnique(technique);
    const serves = Object.hasOwn(techniqueTactics, parent) ? techniqueTactics[parent] : undefined;
    if (serves?.some((tactic) => file.rule.tactics.includes(tactic))) return [];
    const message = `${technique} serves none of ${file.rule.tactics.join(', ')}`;
    const hint = serves === undefined ? 'Add its row to src/content/attack.ts.' : `Add one of ${serves.join(', ')}.`;
    return [issue('rule-technique', place, message, hint)];
  });
}

function industrialIssues(file: RuleFile): readonly Issue[] {
  return file.rule.tactics.flatMap((tactic, index) => {
    const message = `${tactic} is a tactic of ATT&CK for ICS`;
    return industrialTactics.includes(tactic)
      ? [issue('rule-technique', file.placeOf(['tactics', index]), message, 'Use a tactic of ATT&CK Enterprise.')]
      : [];
  });
}

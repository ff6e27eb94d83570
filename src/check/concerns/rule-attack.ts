import { parentTechnique, techniqueTactics } from '../../content/attack.ts';
import type { Check } from '../check.ts';
import { issue } from '../issue.ts';

/** Every technique serves one of the rule's tactics; a sub-technique serves those of its technique. */
export const ruleAttack: Check = {
  name: 'rule ATT&CK',
  run: ({ rules }) =>
    rules.flatMap((file) =>
      file.rule.relevantTechniques.flatMap((technique, index) => {
        const parent = parentTechnique(technique);
        const serves = Object.hasOwn(techniqueTactics, parent) ? techniqueTactics[parent] : undefined;
        if (serves?.some((tactic) => file.rule.tactics.includes(tactic))) {
          return [];
        }
        const message = `${technique} serves none of ${file.rule.tactics.join(', ')}`;
        const hint =
          serves === undefined ? 'Add its row to src/content/attack.ts.' : `Add one of ${serves.join(', ')}.`;
        return [issue('rule-technique', file.placeOf(['relevantTechniques', index]), message, hint)];
      }),
    ),
};

import type { AnyRuleDefinition } from '../content/define-rule.ts';
import type { PackConfig } from '../content/pack-config.ts';
import { resolveRules } from '../content/resolve-rule.ts';
import type { GeneratedFile } from './generated-file.ts';
import { ruleFiles } from './rule-files.ts';

/** Everything that the pack consists of. */
export type PackDefinitions = {
  readonly rules: readonly AnyRuleDefinition[];
};

/** Every file that a workspace imports, as a function of the definitions and the configuration alone. */
export function generatePack(definitions: PackDefinitions, config: PackConfig): readonly GeneratedFile[] {
  const rules = resolveRules(definitions.rules, config);
  return rules.flatMap(ruleFiles);
}

import type { PlaybookDefinition } from './define-playbook.ts';
import type { AnyRuleDefinition } from './define-rule.ts';
import type { WorkbookDefinition } from './define-workbook.ts';
import { playbooks } from './playbooks/index.ts';
import { rules } from './rules/index.ts';
import { workbooks } from './workbooks/index.ts';

/** Everything that a pack consists of. */
export type PackDefinitions = {
  readonly rules: readonly AnyRuleDefinition[];
  readonly workbooks: readonly WorkbookDefinition[];
  readonly playbooks: readonly PlaybookDefinition[];
};

/** What this pack ships. */
export const definitions: PackDefinitions = { rules, workbooks, playbooks };

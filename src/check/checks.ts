import type { Check } from './check.ts';
import { armTemplates } from './concerns/arm-template.ts';
import { config } from './concerns/config.ts';
import { playbookRole } from './concerns/playbook-role.ts';
import { queryBinding } from './concerns/query-binding.ts';
import { queryComparison } from './concerns/query-comparison.ts';
import { queryJoin } from './concerns/query-join.ts';
import { queryValues } from './concerns/query-values.ts';
import { repositoryLayout } from './concerns/repository-layout.ts';
import { ruleArbitraryRows } from './concerns/rule-arbitrary-rows.ts';
import { ruleAttack } from './concerns/rule-attack.ts';
import { ruleColumns } from './concerns/rule-columns.ts';
import { ruleConnectors } from './concerns/rule-connectors.ts';
import { ruleDetails } from './concerns/rule-details.ts';
import { ruleEntities } from './concerns/rule-entities.ts';
import { ruleIdentity } from './concerns/rule-identity.ts';
import { ruleLogMode } from './concerns/rule-log-mode.ts';
import { ruleQuery } from './concerns/rule-query.ts';
import { ruleStyle } from './concerns/rule-style.ts';
import { ruleTiming } from './concerns/rule-timing.ts';
import { ruleVersion } from './concerns/rule-version.ts';
import { ruleWindow } from './concerns/rule-window.ts';
import { schemaShape } from './concerns/schema-shape.ts';
import { text } from './concerns/text.ts';
import { workbookQuery } from './concerns/workbook-query.ts';

/** Every check of content. A new one is a file in concerns/ and a row here. */
export const checks: readonly Check[] = [
  schemaShape,
  ruleIdentity,
  ruleTiming,
  ruleAttack,
  ruleConnectors,
  ruleEntities,
  ruleQuery,
  ruleColumns,
  ruleDetails,
  ruleWindow,
  ruleArbitraryRows,
  ruleLogMode,
  ruleVersion,
  ruleStyle,
  queryBinding,
  queryComparison,
  queryValues,
  queryJoin,
  workbookQuery,
  text,
  playbookRole,
  armTemplates,
  repositoryLayout,
  config,
];

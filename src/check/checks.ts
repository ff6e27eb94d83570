import type { Check } from './check.ts';
import { armTemplates } from './concerns/arm-template.ts';
import { config } from './concerns/config.ts';
import { repositoryLayout } from './concerns/repository-layout.ts';
import { ruleAttack } from './concerns/rule-attack.ts';
import { ruleConnectors } from './concerns/rule-connectors.ts';
import { ruleEntities } from './concerns/rule-entities.ts';
import { ruleIdentity } from './concerns/rule-identity.ts';
import { ruleQuery } from './concerns/rule-query.ts';
import { ruleStyle } from './concerns/rule-style.ts';
import { ruleTiming } from './concerns/rule-timing.ts';
import { schemaShape } from './concerns/schema-shape.ts';
import { text } from './concerns/text.ts';

/** Every check of content. A new one is a file in concerns/ and a row here. */
export const checks: readonly Check[] = [
  schemaShape,
  ruleIdentity,
  ruleTiming,
  ruleAttack,
  ruleConnectors,
  ruleEntities,
  ruleQuery,
  ruleStyle,
  text,
  armTemplates,
  repositoryLayout,
  config,
];

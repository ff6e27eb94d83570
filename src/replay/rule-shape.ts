import { Ajv } from 'ajv';
import { checkShape, type FormatHints } from './check-shape.ts';
import { parseDurationMs } from './duration.ts';
import { entityTypes } from './entity-types.ts';
import { findPlaceholders } from './placeholders.ts';
import { ruleSchema } from './rule-schema.ts';
import type { YamlDocument } from './yaml-document.ts';

/** Sentinel accepts this many `{{column}}` in one text. */
const MAX_PLACEHOLDERS = 3;

const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, strictRequired: false })
  .addFormat('rule-duration', (text) => parseDurationMs(text) !== undefined)
  .addFormat('entity-type', (text) => entityTypes.has(text))
  .addFormat('alert-text', (text) => findPlaceholders(text).length <= MAX_PLACEHOLDERS);
const validate = ajv.compile(ruleSchema);

const formats: FormatHints = {
  'rule-duration': ['is no duration', 'write <n>m, <n>h or <n>d, or ISO 8601 as in PT1H'],
  'entity-type': ['is no entity type', `the entity types are ${[...entityTypes.keys()].join(', ')}`],
  'alert-text': [`has more than ${MAX_PLACEHOLDERS} placeholders`, 'Sentinel accepts three {{column}} in one text'],
};

/**
 * Checks a document against the format of analytics rules.
 * @throws ReplayError for the first problem in the order of the file; its hint counts the others.
 */
export const checkRuleShape = (document: YamlDocument): void => checkShape(document, validate, formats);

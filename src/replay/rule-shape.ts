import { Ajv, type ErrorObject } from 'ajv';
import { parseDurationMs } from './duration.ts';
import { entityTypes } from './entity-types.ts';
import { findPlaceholders } from './placeholders.ts';
import type { ReplayError } from './replay-error.ts';
import type { Path, RuleDocument } from './rule-document.ts';
import { ruleSchema } from './rule-schema.ts';

/** Sentinel accepts this many `{{column}}` in one text. */
const MAX_PLACEHOLDERS = 3;

const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, strictRequired: false })
  .addFormat('rule-duration', (text) => parseDurationMs(text) !== undefined)
  .addFormat('entity-type', (text) => entityTypes.has(text))
  .addFormat('alert-text', (text) => findPlaceholders(text).length <= MAX_PLACEHOLDERS);
const validate = ajv.compile(ruleSchema);

/** What a failed format means, and what to write instead. */
const formats: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  'rule-duration': ['is no duration', 'write <n>m, <n>h or <n>d, or ISO 8601 as in PT1H'],
  'entity-type': ['is no entity type', `the entity types are ${[...entityTypes.keys()].join(', ')}`],
  'alert-text': [`has more than ${MAX_PLACEHOLDERS} placeholders`, 'Sentinel accepts three {{column}} in one text'],
};

/**
 * Checks a document against the format of analytics rules.
 * @throws ReplayError for the first problem in the order of the file; its hint counts the others.
 */
export function checkRuleShape(document: RuleDocument): void {
  if (validate(document.value)) return;
  const errors = (validate.errors ?? [])
    .filter((error) => error.keyword !== 'propertyNames')
    .map((error) => describe(error, document))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const first = errors[0] as ReplayError;
  if (errors.length === 1) throw first;
  const hint = `${first.hint} (${errors.length - 1} more in this file)`;
  throw document.errorAt(first.code, first.message, { line: first.line ?? 1, column: first.column ?? 1 }, hint);
}

function describe(error: ErrorObject, document: RuleDocument): ReplayError {
  const path = pathOf(error.instancePath, document.value);
  const name = path.at(-1) ?? 'the rule';
  const parent = error.parentSchema as { properties?: object } | undefined;
  if (error.keyword === 'additionalProperties') {
    const key = (error.params as { additionalProperty: string }).additionalProperty;
    const hint = `known here: ${Object.keys(parent?.properties ?? {}).join(', ')}`;
    return document.errorAt('rule-unknown-key', `unknown key '${key}'`, document.positionOfKey(path, key), hint);
  }
  if (error.keyword === 'required') {
    const key = (error.params as { missingProperty: string }).missingProperty;
    return document.errorAt('rule-missing-key', `'${key}' is missing`, document.positionOf(path), `add ${key}: …`);
  }
  const [problem, hint] = describeValue(error);
  const key = error.propertyName;
  const position = key === undefined ? document.positionOf(path) : document.positionOfKey(path, key);
  return document.errorAt('rule-bad-value', `${key ?? name}: ${shorten(error.data)} ${problem}`, position, hint);
}

function describeValue(error: ErrorObject): readonly [message: string, hint: string] {
  const params = error.params as { format?: string; allowedValues?: readonly unknown[] };
  if (error.keyword === 'format') return formats[params.format ?? ''] ?? ['is not valid', 'correct the value'];
  if (error.keyword === 'enum') return ['is not one of the values', `write ${params.allowedValues?.join(', ')}`];
  return [error.message ?? 'is not valid', 'correct the value'];
}

/** An ajv instance path (RFC 6901) as keys and indexes. */
function pathOf(pointer: string, root: unknown): Path {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(key) : key;
      value = (value as Record<string | number, unknown>)[step];
      return step;
    });
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

import type { ErrorObject, ValidateFunction } from 'ajv';
import { didYouMean, nearestNames } from '../kql/index.ts';
import type { ReplayError } from './replay-error.ts';
import type { Path, YamlDocument } from './yaml-document.ts';

/** What a failed format means, and what to write instead. */
export type FormatHints = Readonly<Record<string, readonly [message: string, hint: string]>>;

/**
 * Checks a document against a schema, which ajv has compiled with `allErrors` and `verbose`.
 * @throws ReplayError for the first problem in the order of the file; its hint counts the others.
 */
export function checkShape(document: YamlDocument, validate: ValidateFunction, formats: FormatHints): void {
  if (validate(document.value)) return;
  const found = withoutAlternatives(validate.errors ?? []).filter((error) => error.keyword !== 'propertyNames');
  const errors = found
    .filter((error) => !isMisspelt(error, found))
    .map((error) => describe(error, document, formats))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const first = errors[0] as ReplayError;
  if (errors.length === 1) throw first;
  const hint = `${first.hint} (${errors.length - 1} more in this file)`;
  throw document.errorAt(first.code, first.message, { line: first.line ?? 1, column: first.column ?? 1 }, hint);
}

/** Where a value fits none of several forms, what each of the forms misses is left out: the schema says what they are. */
function withoutAlternatives(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const forms = errors.filter(({ keyword }) => keyword === 'anyOf');
  const isOfForm = (error: ErrorObject): boolean =>
    forms.some((form) => form !== error && `${error.instancePath}/`.startsWith(`${form.instancePath}/`));
  return errors.filter((error) => !isOfForm(error));
}

/** A key that is missing because it stands there with a mistake in it: the mistake is told. */
const isMisspelt = ({ keyword, params, instancePath }: ErrorObject, errors: readonly ErrorObject[]): boolean =>
  keyword === 'required' &&
  errors.some(
    (other) =>
      other.keyword === 'additionalProperties' &&
      other.instancePath === instancePath &&
      nearestNames(other.params.additionalProperty, [params.missingProperty]).length > 0,
  );

function describe(error: ErrorObject, document: YamlDocument, formats: FormatHints): ReplayError {
  const { kind } = document;
  const path = pathOf(error.instancePath, document.value);
  const name = path.at(-1) ?? `the ${kind}`;
  const parent = error.parentSchema as { properties?: object; description?: string } | undefined;
  if (error.keyword === 'additionalProperties') {
    const key = (error.params as { additionalProperty: string }).additionalProperty;
    const known = Object.keys(parent?.properties ?? {});
    const meant = didYouMean(nearestNames(key, known));
    const hint = `${meant === undefined ? '' : `${meant} `}known here: ${known.join(', ')}`;
    return document.errorAt(`${kind}-unknown-key`, `unknown key '${key}'`, document.positionOfKey(path, key), hint);
  }
  if (error.keyword === 'required') {
    const key = (error.params as { missingProperty: string }).missingProperty;
    return document.errorAt(`${kind}-missing-key`, `'${key}' is missing`, document.positionOf(path), `add ${key}: …`);
  }
  const [problem, hint] = describeValue(error, formats, parent?.description);
  const key = error.propertyName;
  const position = key === undefined ? document.positionOf(path) : document.positionOfKey(path, key);
  return document.errorAt(`${kind}-bad-value`, `${key ?? name}: ${shorten(error.data)} ${problem}`, position, hint);
}

function describeValue(
  error: ErrorObject,
  formats: FormatHints,
  description = 'correct the value',
): readonly [message: string, hint: string] {
  const params = error.params as { format?: string; allowedValues?: readonly unknown[] };
  if (error.keyword === 'format') return formats[params.format ?? ''] ?? ['is not valid', description];
  if (error.keyword === 'enum') return ['is not one of the values', `write ${params.allowedValues?.join(', ')}`];
  if (error.keyword === 'anyOf') return ['is none of what can stand here', description];
  return [error.message ?? 'is not valid', description];
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

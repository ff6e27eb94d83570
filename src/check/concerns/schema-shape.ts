import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Check } from '../check.ts';
import type { ContentFile, KeyPath } from '../content-file.ts';
import { type Issue, issue } from '../issue.ts';
import { schemaValidator } from '../schema-validators.ts';

/** Every file has the shape that its place promises (schemas/), with the limits of Microsoft Sentinel. */
export const schemaShape: Check = { name: 'schema', run: ({ files }) => files.flatMap(shapeIssues) };

export function shapeIssues(file: ContentFile): readonly Issue[] {
  const validate = schemaValidator(file.path);
  if (validate === undefined || validate(file.value)) {
    return [];
  }
  return (validate.errors ?? []).filter(isCause).map((error) => shapeIssue(file, error));
}

/** Errors of a combination only repeat that one of its parts has failed. */
function isCause({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'allOf' && keyword !== 'anyOf';
}

function shapeIssue(file: ContentFile, error: ErrorObject): Issue {
  const keys = keysOf(error);
  const where = keys.length === 0 ? 'the file' : keys.join('.');
  const allowed = error.params.allowedValues ?? error.params.allowedValue;
  const description: unknown = error.parentSchema?.description;
  const hint =
    typeof description === 'string'
      ? description
      : allowed === undefined
        ? 'See the schema in schemas/.'
        : `Use ${[allowed].flat().join(', ')}.`;
  return issue('schema-shape', file.placeOf(keys), `${where} ${error.message}`, hint);
}

function keysOf(error: ErrorObject): KeyPath {
  const keys = error.instancePath
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
  const extra: unknown = error.params.additionalProperty ?? error.propertyName;
  return typeof extra === 'string' ? [...keys, extra] : keys;
}

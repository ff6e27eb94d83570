import type { Check } from '../check.ts';
import type { ContentFile, KeyPath } from '../content-file.ts';
import { type Issue, issue } from '../issue.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Template = { readonly [key: string]: Json };
type Visit = (value: Json, keys: KeyPath) => void;

/** Names that may hold nothing: their absence would mean something else, or the engine wants them present. */
const mayBeEmpty: readonly string[] = [
  'customParameterValues',
  'defaultValue',
  'dependsOn',
  'inputs',
  'notActions',
  'outputs',
  'parameters',
  'runAfter',
  'variables',
];

/** What the toolkit for ARM templates finds most often: parameters nobody uses or defines, and empty values. */
export const armTemplates: Check = {
  name: 'ARM templates',
  run: ({ files }) => files.filter(isTemplate).flatMap((file) => templateIssues(file, file.value as Template, [])),
};

function isTemplate({ path, value }: ContentFile): boolean {
  return path.endsWith('.json') && typeof value === 'object' && value !== null && 'resources' in value;
}

function templateIssues(file: ContentFile, template: Template, at: KeyPath): readonly Issue[] {
  const nested: Issue[] = [];
  const blanks: Issue[] = [];
  const uses: { readonly kind: 'parameter' | 'variable'; readonly name: string; readonly keys: KeyPath }[] = [];
  walk(template, at, (value, keys) => {
    if (keys.length > at.length && isNestedTemplate(value, keys)) {
      nested.push(...templateIssues(file, value as Template, keys));
      return 'skip';
    }
    if (isBlank(value, keys)) {
      blanks.push(issue('arm-blank', file.placeOf(keys), `${keys.join('.')} is empty`, 'Leave it out.'));
    }
    for (const use of usesIn(value)) {
      uses.push({ ...use, keys });
    }
    return 'enter';
  });
  const names = { parameter: namesOf(template.parameters), variable: namesOf(template.variables) };
  const undefinedUses = uses.filter(({ kind, name }) => !names[kind].includes(name));
  const unused = (['parameter', 'variable'] as const).flatMap((kind) =>
    names[kind]
      .filter((name) => !uses.some((use) => use.kind === kind && use.name === name))
      .map((name) => [kind, name]),
  );
  return [
    ...undefinedUses.map(({ kind, name, keys }) =>
      issue('arm-parameter', file.placeOf(keys), `${kind} ${name} is not defined`, `Define it, or correct its name.`),
    ),
    ...unused.map(([kind, name]) =>
      issue(
        'arm-parameter',
        file.placeOf([...at, `${kind}s`, name ?? '']),
        `${kind} ${name} is not used`,
        'Leave it out.',
      ),
    ),
    ...blanks,
    ...nested,
  ];
}

/** A nested deployment evaluates its own expressions: it has parameters and variables of its own. */
function isNestedTemplate(value: Json, keys: KeyPath): boolean {
  return keys.at(-1) === 'template' && typeof value === 'object' && value !== null && 'resources' in value;
}

/** Depth first; a workflow's definition has a language of its own and is left out. */
function walk(value: Json, keys: KeyPath, visit: (...args: Parameters<Visit>) => 'enter' | 'skip'): void {
  if (visit(value, keys) === 'skip' || typeof value !== 'object' || value === null) {
    return;
  }
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((part, index) => [index, part] as const)
    : Object.entries(value);
  for (const [key, part] of entries) {
    if (key !== 'definition') {
      walk(part, [...keys, key], visit);
    }
  }
}

function isBlank(value: Json, keys: KeyPath): boolean {
  const name = keys.findLast((key) => typeof key === 'string') ?? '';
  if (value === null) {
    return true;
  }
  return typeof value === 'object' && Object.keys(value).length === 0 && !mayBeEmpty.includes(String(name));
}

function* usesIn(value: Json): Generator<{ readonly kind: 'parameter' | 'variable'; readonly name: string }> {
  if (typeof value !== 'string' || !value.startsWith('[') || value.startsWith('[[')) {
    return;
  }
  for (const [, kind, name] of value.matchAll(/\b(parameter|variable)s\('([^']+)'\)/g)) {
    yield { kind: kind as 'parameter' | 'variable', name: name ?? '' };
  }
}

function namesOf(section: Json | undefined): readonly string[] {
  return typeof section === 'object' && section !== null ? Object.keys(section) : [];
}

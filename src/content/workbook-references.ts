import { WorkbookError } from './workbook-error.ts';
import type { ParameterKind } from './workbook-parameters.ts';

/** `{Name}` or `{Name:format}` in a text; quantifiers of regular expressions (`{3}`) are none. */
export type ParameterReference = {
  readonly name: string;
  readonly format: string | undefined;
  /** What stands before and after it. */
  readonly before: string;
  readonly after: string;
};

type ParameterKinds = ReadonlyMap<string, ParameterKind>;

/** The form that a kind of parameter may have in KQL, and what has to stand around it for its value to stay a value. */
type KqlForm = {
  readonly kind: ParameterKind;
  readonly format: string | undefined;
  readonly before: RegExp;
  readonly after: RegExp;
};

const anything = /(?:)/;

const kqlForms: readonly KqlForm[] = [
  { kind: 'time-range', format: undefined, before: /\bTimeGenerated $/, after: anything },
  { kind: 'time-range', format: 'start', before: anything, after: anything },
  { kind: 'time-range', format: 'end', before: anything, after: anything },
  { kind: 'time-range', format: 'grain', before: anything, after: anything },
  // Azure quotes the values of a list itself; quotes around it would end at the first of them.
  { kind: 'list', format: undefined, before: /\bin \($/, after: /^\)/ },
  // Azure writes a single value as it is: the query quotes it, and `escape` takes the quotes out of it.
  { kind: 'choice', format: 'escape', before: /'$/, after: /^'/ },
];

export function findReferences(text: string): readonly ParameterReference[] {
  return [...text.matchAll(/\{([A-Za-z_]\w*)(?::(\w+))?\}/g)].map((match) => ({
    name: match[1] ?? '',
    format: match[2],
    before: text.slice(0, match.index),
    after: text.slice(match.index + match[0].length),
  }));
}

/** @throws WorkbookError where a parameter is not defined yet or its value could change what the query does */
export function checkKqlReferences(at: string, text: string, parameters: ParameterKinds): void {
  for (const reference of findReferences(text)) {
    const kind = definedKind(at, reference, parameters);
    const isSafe = kqlForms.some(
      (form) =>
        form.kind === kind &&
        form.format === reference.format &&
        form.before.test(reference.before) &&
        form.after.test(reference.after),
    );
    if (!isSafe) {
      const message = `${print(reference)} cannot stand here as a ${kind} parameter`;
      const hint = 'Use inRange, rangeStart, rangeEnd, rangeGrain, isChosen or chosenValue of the parameter.';
      throw new WorkbookError('parameter-format', at, message, hint);
    }
  }
}

/** In text that people read, a parameter shows its label. */
export function checkLabelReferences(at: string, text: string, parameters: ParameterKinds): void {
  for (const reference of findReferences(text)) {
    const kind = definedKind(at, reference, parameters);
    if (reference.format !== 'label') {
      const message = `${print(reference)} would show the raw value of a ${kind} parameter`;
      throw new WorkbookError('parameter-format', at, message, `Write {${reference.name}:label}.`);
    }
  }
}

function definedKind(at: string, reference: ParameterReference, parameters: ParameterKinds): ParameterKind {
  const kind = parameters.get(reference.name);
  if (kind === undefined) {
    const known = [...parameters.keys()].join(', ');
    const message = `${print(reference)} is not defined before this step`;
    throw new WorkbookError('parameter-undefined', at, message, `Defined so far: ${known === '' ? 'none' : known}.`);
  }
  return kind;
}

const print = ({ name, format }: ParameterReference): string => `{${name}${format === undefined ? '' : `:${format}`}}`;

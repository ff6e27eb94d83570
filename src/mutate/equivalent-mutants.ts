import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isNode, LineCounter, parseDocument } from 'yaml';
import schema from '../../schemas/equivalent-mutants.schema.json' with { type: 'json' };
import { MutateError } from './mutate-error.ts';
import { queryMutations } from './query/index.ts';
import { ruleMutations } from './rule/index.ts';

/**
 * A mutant that somebody declares to be the same rule in other words, so that no scenario could tell them apart.
 * `text` is what the mutation changes and `replacement` what it becomes, both as the list of survivors shows them.
 */
export type EquivalentMutant = {
  readonly mutation: string;
  readonly text: string;
  /** Needed where the mutation makes several mutants of the text. */
  readonly replacement?: string;
  /** Which of several places with the same text, counted from 1; needed where there are several. */
  readonly occurrences?: readonly number[];
  readonly reason: string;
  /** In the file, counted from 1. */
  readonly line: number;
};

const validate = new Ajv2020({ allErrors: false, verbose: true }).compile<readonly Omit<EquivalentMutant, 'line'>[]>(
  schema,
);

const mutationNames = [...queryMutations, ...ruleMutations].map(({ name }) => name);

/**
 * Reads the declarations beside a rule's scenarios.
 * @throws MutateError `equivalents-syntax`, `equivalents-shape`, `equivalents-mutation`
 */
export function readEquivalentMutants(text: string, file: string): readonly EquivalentMutant[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (path: readonly (string | number)[]): number => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1;
  };
  const [fault] = document.errors;
  if (fault !== undefined) {
    const [message = ''] = fault.message.split(' at line ');
    const line = lines.linePos(fault.pos[0]).line;
    throw new MutateError('equivalents-syntax', `no YAML: ${message}`, { file, line, hint: 'correct the YAML' });
  }
  const entries: unknown = document.toJS() ?? [];
  if (!validate(entries)) throw shapeError(validate.errors?.[0], file, lineAt);
  return entries.map((entry, index) => {
    const line = lineAt([index]);
    if (!mutationNames.includes(entry.mutation)) {
      const hint = `mutations are ${mutationNames.join(', ')}`;
      throw new MutateError('equivalents-mutation', `there is no mutation '${entry.mutation}'`, { file, line, hint });
    }
    return { ...entry, line };
  });
}

function shapeError(
  error: ErrorObject | undefined,
  file: string,
  lineAt: (path: readonly (string | number)[]) => number,
): MutateError {
  const path = (error?.instancePath ?? '')
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const key = error?.params.additionalProperty ?? error?.params.missingProperty;
  const message =
    typeof key === 'string' ? `${error?.message}: '${key}'` : `${path.at(-1) ?? 'the file'} ${error?.message}`;
  const hint = 'an entry has mutation, text and reason, and where needed replacement and occurrences';
  return new MutateError('equivalents-shape', message, { file, line: lineAt(path), hint });
}

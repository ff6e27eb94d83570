import { aggregateRegistry, scalarRegistry } from '../../../src/kql/functions/registry.ts';
import type { ColumnType } from '../../../src/kql/index.ts';
import { literalOf } from './literals.ts';
import type { Random } from './random.ts';

const token = /\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_][\w-]*|\d+(?:\.\d+)?\w*|\s+|./gs;

const names = [...scalarRegistry.keys(), ...aggregateRegistry.keys()].filter((name) => /^\w+$/.test(name));
const literalTypes: readonly ColumnType[] = [
  'long',
  'real',
  'string',
  'datetime',
  'timespan',
  'dynamic',
  'bool',
  'guid',
];
const odd = [
  '|',
  '(',
  ')',
  '[',
  ']',
  ',',
  ';',
  '=',
  '..',
  '*',
  '`',
  '"',
  '\u0000',
  '\uD800',
  '🙂',
  'null',
  'let',
  'by',
  'on',
  'to',
  'with',
];

type Mutation = (tokens: string[], random: Random, corpus: readonly string[]) => void;

const mutations: readonly Mutation[] = [
  (tokens, random) => tokens.splice(random.below(tokens.length), 1 + random.below(3)),
  (tokens, random) => {
    const at = random.below(tokens.length);
    tokens.splice(at, 0, ...tokens.slice(at, at + 1 + random.below(5)));
  },
  (tokens, random) => {
    const [a, b] = [random.below(tokens.length), random.below(tokens.length)];
    [tokens[a], tokens[b]] = [tokens[b] as string, tokens[a] as string];
  },
  (tokens, random) => replaceWhere(tokens, random, /^["'\d]/, () => literalOf(random.pick(literalTypes), random)),
  (tokens, random) => replaceWhere(tokens, random, /^["'\d]/, () => literalOf(random.pick(literalTypes), random)),
  (tokens, random) => replaceWhere(tokens, random, /^[a-z]\w+$/, () => random.pick(names)),
  (tokens, random) => tokens.splice(random.below(tokens.length), 0, random.pick(odd)),
  (tokens, random) => tokens.splice(random.below(tokens.length)),
  (tokens, random, corpus) => {
    const other = tokensOf(random.pick(corpus));
    const at = random.below(other.length);
    tokens.splice(random.below(tokens.length), random.below(6), ...other.slice(at, at + 1 + random.below(12)));
  },
  (tokens, random, corpus) => {
    // A whole operator of another query.
    const operators = random.pick(corpus).split('|').slice(1);
    if (operators.length > 0) tokens.push('\n|', random.pick(operators));
  },
];

function replaceWhere(tokens: string[], random: Random, pattern: RegExp, replacement: () => string): void {
  const places = [...tokens.keys()].filter((index) => pattern.test(tokens[index] as string));
  if (places.length > 0) tokens[random.pick(places)] = replacement();
}

const tokensOf = (text: string): string[] => text.match(token) ?? [text];

/** A query of the corpus with one to three changes. */
export function mutateQuery(corpus: readonly string[], random: Random): string {
  const tokens = tokensOf(random.pick(corpus));
  for (let count = 1 + random.below(3); count > 0 && tokens.length > 0; count--) {
    random.pick(mutations)(tokens, random, corpus);
  }
  return tokens.join('');
}

import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { Value } from '../../values/value.ts';
import { type Pattern, patternSource } from '../regular-expression.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** `\0` to `\9` stand for groups, `\\` for a backslash; every other character for itself. */
function rewriteMatch(rewrite: string, group: (index: number) => string): string {
  return rewrite.replace(/\\(\d|\\)/g, (_, what: string) => (what === '\\' ? '\\' : group(Number(what))));
}

function replacePattern(text: string, pattern: Pattern, rewrite: string): string {
  const matcher = pattern.matcher(text);
  const groups = matcher.groupCount();
  let result = '';
  let end = 0;
  while (matcher.find()) {
    result += text.slice(end, matcher.start());
    result += rewriteMatch(rewrite, (index) => (index <= groups ? (matcher.group(index) ?? '') : ''));
    end = matcher.end();
  }
  return result + text.slice(end);
}

/** A text cut into parts that may still be replaced and parts that are done. */
type Part = { readonly text: string; readonly isDone: boolean };

/** The earlier lookup takes precedence over the later ones wherever they meet. */
function replaceStrings(text: string, lookups: DynamicValue, rewrites: DynamicValue): string {
  if (!isArray(lookups) || !isArray(rewrites)) return text;
  let parts: readonly Part[] = [{ text, isDone: false }];
  for (const [index, lookup] of lookups.entries()) {
    if (typeof lookup !== 'string' || lookup === '') continue;
    const rewrite = rewrites[index];
    // A lookup whose rewrite is no text still claims its matches, and keeps them.
    const replacement: Part = { text: typeof rewrite === 'string' ? rewrite : lookup, isDone: true };
    parts = parts.flatMap((part) => (part.isDone ? [part] : replaceInPart(part.text, lookup, replacement)));
  }
  return parts.map((part) => part.text).join('');
}

const replaceInPart = (text: string, lookup: string, replacement: Part): readonly Part[] =>
  text
    .split(lookup)
    .flatMap((piece, index): readonly Part[] => [
      ...(index === 0 ? [] : [replacement]),
      { text: piece, isDone: false },
    ]);

function translate(searchList: string, replacementList: string, text: string): string {
  const replacements = [...replacementList];
  const byCharacter = new Map<string, string>();
  for (const [index, character] of [...searchList].entries()) {
    // A replacement list that is too short repeats its last character.
    if (!byCharacter.has(character)) byCharacter.set(character, replacements[index] ?? replacements.at(-1) ?? '');
  }
  return [...text].map((character) => byCharacter.get(character) ?? character).join('');
}

type Ends = { readonly start: boolean; readonly end: boolean };

/** One match of the pattern taken off each end asked for: the pattern says itself how much that is. */
function trimmer(ends: Ends, constant: Value | undefined): Evaluate {
  const atStart = patternSource(typeof constant === 'string' ? `^(?:${constant})` : undefined);
  const atEnd = patternSource(typeof constant === 'string' ? `(?:${constant})$` : undefined);
  return (source: string, text: string) => {
    let from = 0;
    let to = text.length;
    if (ends.start) {
      const matcher = atStart(`^(?:${source})`, text).matcher(text);
      if (matcher.find()) from = matcher.end();
    }
    if (ends.end) {
      const matcher = atEnd(`(?:${source})$`, text).matcher(text.slice(from));
      if (matcher.find()) to = from + matcher.start();
    }
    return text.slice(from, to);
  };
}

function trim(name: string, where: string, ends: Ends): ScalarFunction {
  return singleOverload(
    {
      name,
      signature: `${name}(regex: string, source: string): string`,
      summary: `The text without one match of a pattern (RE2) at ${where}.`,
    },
    ['string', 'string'],
    'string',
    { prepare: (_context, constants) => trimmer(ends, constants[0]) },
  );
}

export const textReplacements: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'replace_string',
      signature: 'replace_string(text: string, lookup: string, rewrite: string): string',
      summary: 'The text with all occurrences of another replaced.',
    },
    ['string', 'string', 'string'],
    'string',
    {
      evaluate: (text: string, lookup: string, rewrite: string) =>
        lookup === '' ? text : text.replaceAll(lookup, () => rewrite),
    },
  ),
  singleOverload(
    {
      name: 'replace_strings',
      signature: 'replace_strings(text: string, lookups: dynamic, rewrites: dynamic): string',
      summary: 'The text with all occurrences of several texts replaced; earlier lookups take precedence.',
    },
    ['string', 'dynamic', 'dynamic'],
    'string',
    { evaluate: replaceStrings },
  ),
  singleOverload(
    {
      name: 'replace_regex',
      signature: 'replace_regex(source: string, lookup_regex: string, rewrite_pattern: string): string',
      summary: 'The text with all matches of a pattern (RE2) replaced; `\\1` stands for the first group.',
    },
    ['string', 'string', 'string'],
    'string',
    {
      prepare: (_context, constants) => {
        const pattern = patternSource(constants[1]);
        return (text: string, source: string, rewrite: string) => replacePattern(text, pattern(source, text), rewrite);
      },
    },
  ),
  singleOverload(
    {
      name: 'replace',
      signature: 'replace(regex: string, rewrite: string, source: string): string',
      summary: 'The deprecated form of replace_regex(), its arguments in another order.',
      page: 'replace-regex-function',
    },
    ['string', 'string', 'string'],
    'string',
    {
      prepare: (_context, constants) => {
        const pattern = patternSource(constants[0]);
        return (source: string, rewrite: string, text: string) => replacePattern(text, pattern(source, text), rewrite);
      },
    },
  ),
  singleOverload(
    {
      name: 'translate',
      signature: 'translate(searchList: string, replacementList: string, source: string): string',
      summary: 'The text with characters replaced one by one.',
    },
    ['string', 'string', 'string'],
    'string',
    { evaluate: translate },
  ),
  trim('trim', 'both ends', { start: true, end: true }),
  trim('trim_start', 'its start', { start: true, end: false }),
  trim('trim_end', 'its end', { start: false, end: true }),
];

import { patternSource } from '../functions/regular-expression.ts';
import type { ParseKvPlan } from '../plan/plan.ts';

/** The keys of a text with their values, of a key that occurs twice the first. */
export type PairReader = (text: string) => ReadonlyMap<string, string>;

/** How parse-kv finds pairs: by a pattern, between the delimiters given, or where none is given by any sign. */
export function pairReader(plan: ParseKvPlan): PairReader {
  if (plan.pattern !== undefined) return byPattern(plan.pattern);
  return plan.pairDelimiter === '' && plan.kvDelimiter === ''
    ? (text) => readAfterKeys(text, plan)
    : (text) => readDelimited(text, plan);
}

/** The first group of the pattern is a key, the second its value; the planner has seen that there are two. */
function byPattern(pattern: string): PairReader {
  const source = patternSource(pattern);
  return (text) => {
    const found = new Map<string, string>();
    const matcher = source(pattern, text).matcher(text);
    while (matcher.find()) keep(found, matcher.group(1) ?? '', (matcher.group(2) ?? '').trim());
    return found;
  };
}

function keep(found: Map<string, string>, key: string, value: string): void {
  const name = key.trim();
  if (name !== '' && !found.has(name)) found.set(name, value);
}

/** Without delimiters: whatever is no letter or digit separates, and what follows a key that is asked for is its value. */
function readAfterKeys(text: string, plan: ParseKvPlan): ReadonlyMap<string, string> {
  const keys = new Set(plan.keys.map(({ name }) => name));
  const found = new Map<string, string>();
  let key: string | undefined;
  for (let at = 0; at < text.length; ) {
    const token = readToken(text, at, plan, (position) => isSeparator(text[position] as string));
    at = Math.max(token.end, at + 1);
    if (token.text === '') continue;
    if (key !== undefined) {
      keep(found, key, token.text);
      key = undefined;
    } else if (keys.has(token.text)) key = token.text;
  }
  return found;
}

const isSeparator = (char: string): boolean => /[^\p{L}\p{N}_]/u.test(char);

/** A delimiter inside quotes is part of the value. */
function readDelimited(text: string, plan: ParseKvPlan): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const { pairDelimiter, kvDelimiter } = plan;
  const startsPair = (at: number): boolean => pairDelimiter !== '' && text.startsWith(pairDelimiter, at);
  const startsValue = (at: number): boolean => kvDelimiter !== '' && text.startsWith(kvDelimiter, at);
  const endsValue = plan.greedy ? (at: number) => startsPair(at) && keyFollows(text, at, plan) : startsPair;
  for (let at = 0; at < text.length; ) {
    const key = readToken(
      text,
      skipBlanks(text, at),
      plan,
      (position) => startsValue(position) || startsPair(position),
    );
    at = key.end;
    // Blanks may stand around the delimiter, even where a blank also separates pairs.
    if (key.text !== '' && startsValue(skipBlanks(text, at))) at = skipBlanks(text, at);
    if (!startsValue(at)) {
      at += startsPair(at) ? pairDelimiter.length : 1;
      continue;
    }
    const value = readToken(text, skipBlanks(text, at + kvDelimiter.length), plan, endsValue);
    keep(found, key.text, value.isQuoted ? value.text : value.text.trim());
    at = value.end;
    while (at < text.length && !startsPair(at)) at++;
    at += Math.max(pairDelimiter.length, 1);
  }
  return found;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Whether the pair delimiter at this place is followed by another key, so that a greedy value ends here. */
function keyFollows(text: string, at: number, { pairDelimiter, kvDelimiter }: ParseKvPlan): boolean {
  for (let next = at + pairDelimiter.length; next < text.length; next++) {
    if (text.startsWith(kvDelimiter, next)) return true;
    if (text.startsWith(pairDelimiter, next)) return false;
  }
  return false;
}

type Token = { readonly text: string; readonly end: number; readonly isQuoted: boolean };

function readToken(text: string, start: number, plan: ParseKvPlan, ends: (at: number) => boolean): Token {
  const quote = plan.quotes.find(({ open }) => text[start] === open);
  if (quote !== undefined) return readQuoted(text, start + 1, quote.close, plan.escapes);
  let at = start;
  while (at < text.length && !ends(at)) at++;
  return { text: text.slice(start, at), end: at, isQuoted: false };
}

function readQuoted(text: string, start: number, close: string, escapes: string): Token {
  let result = '';
  let at = start;
  for (; at < text.length && text[at] !== close; at++) {
    if (escapes.includes(text[at] as string) && at + 1 < text.length) at++;
    result += text[at];
  }
  return { text: result, end: at + 1, isQuoted: true };
}

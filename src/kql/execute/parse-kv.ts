import { Batch } from '../columns/batch.ts';
import { valueReader } from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import type { ParseKvPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { formatValue } from '../values/convert.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { execute } from './execute.ts';
import { convertPart } from './parse.ts';
import { prepareExpression } from './prepare.ts';

export async function* executeParseKv(plan: ParseKvPlan, context: QueryContext): AsyncGenerator<Batch> {
  const source = await prepareExpression(plan.source, context);
  for await (const batch of execute(plan.input, context)) {
    context.checkpoint();
    const read = valueReader(source(batch));
    const pairs = Array.from({ length: batch.rowCount }, (_, row) =>
      readPairs(formatValue(read(row), plan.source.type), plan),
    );
    yield new Batch(
      plan.columns,
      batch.rowCount,
      plan.columns.map(({ name, type }, index) => {
        if (!plan.keys.some((key) => key.name === name)) return () => batch.column(index);
        return () =>
          columnOf(
            type,
            pairs.map((found) => convertFound(found.get(name), type)),
          );
      }),
    );
  }
}

const convertFound = (text: string | undefined, type: ColumnType): Value =>
  text === undefined ? (type === 'string' ? '' : null) : convertPart(text, type);

/** The pairs of a text, the first value of a key counting; a delimiter inside quotes is part of the value. */
function readPairs(text: string, plan: ParseKvPlan): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const keep = (key: string, value: string): void => {
    if (key !== '' && !found.has(key)) found.set(key, value);
  };
  const isPair = (char: string): boolean =>
    plan.pairDelimiters === '' ? /[^\p{L}\p{N}_]/u.test(char) : plan.pairDelimiters.includes(char);
  const isKv = (char: string): boolean => plan.kvDelimiters.includes(char);
  let at = 0;
  while (at < text.length) {
    const key = readToken(text, at, plan, (char) => isKv(char) || isPair(char));
    at = key.end;
    // Blanks may stand around the delimiter, even where a blank also separates pairs.
    while (at < text.length && text[at] === ' ' && key.text !== '' && nextIs(text, at, isKv)) at++;
    if (!isKv(text[at] ?? '')) {
      at++;
      continue;
    }
    at++;
    while (text[at] === ' ' && isPair(' ')) at++;
    const value = readToken(
      text,
      at,
      plan,
      plan.greedy ? (_, position) => startsPair(text, position, isPair, isKv) : isPair,
    );
    keep(key.text.trim(), value.text);
    at = value.end + 1;
  }
  return found;
}

function nextIs(text: string, from: number, test: (char: string) => boolean): boolean {
  let at = from;
  while (text[at] === ' ') at++;
  return test(text[at] ?? '');
}

/** Greedy values run on until a pair delimiter that is followed by another key. */
function startsPair(
  text: string,
  at: number,
  isPair: (char: string) => boolean,
  isKv: (char: string) => boolean,
): boolean {
  if (!isPair(text[at] ?? '')) return false;
  for (let next = at + 1; next < text.length; next++) {
    if (isKv(text[next] as string)) return true;
    if (isPair(text[next] as string)) return false;
  }
  return false;
}

type Token = { readonly text: string; readonly end: number };

function readToken(text: string, start: number, plan: ParseKvPlan, ends: (char: string, at: number) => boolean): Token {
  const quote = plan.quotes.find(({ open }) => text[start] === open);
  if (quote !== undefined) return readQuoted(text, start + 1, quote.close, plan.escape);
  let at = start;
  while (at < text.length && !ends(text[at] as string, at)) at++;
  return { text: text.slice(start, at), end: at };
}

function readQuoted(text: string, start: number, close: string, escapeChar: string | undefined): Token {
  let result = '';
  let at = start;
  for (; at < text.length && text[at] !== close; at++) {
    if (escapeChar !== undefined && text[at] === escapeChar && at + 1 < text.length) at++;
    result += text[at];
  }
  return { text: result, end: at + 1 };
}

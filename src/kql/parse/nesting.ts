import { KqlError } from '../kql-error.ts';

/** The parser takes more than linear time for brackets in brackets, and the binder gives up at 500 levels anyway. */
const MAX_BRACKETS = 500;

/** A comment, or a literal text in any of its forms: what stands in it is no part of the query. */
export const textPattern =
  /\/\/[^\n]*|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|```[\s\S]*?```|~~~[\s\S]*?~~~/;
const token = new RegExp(`${textPattern.source}|[([{]|[)\\]}]`, 'g');

/** Throws a KqlError('limit') where brackets nest so deep that parsing them would take long. */
export function checkNesting(text: string): void {
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found.length > 1) continue;
    if (')]}'.includes(found)) depth = Math.max(0, depth - 1);
    else if (++depth > MAX_BRACKETS) {
      throw new KqlError('limit', `brackets are nested more than ${MAX_BRACKETS} deep`, {
        span: { start: index, end: index + 1 },
        hint: 'name inner parts with let',
      });
    }
  }
}

/**
 * Terms as `has` sees them: maximal runs of letters and digits (Unicode's, not only ASCII's); everything else, `_`
 * included, separates. learn.microsoft.com/kusto/query/datatypes-string-operators#what-is-a-term.
 */
const asciiTerm = new Uint8Array(128);
for (let code = 0; code < 128; code++) asciiTerm[code] = /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0;

const termCharacter = /[\p{L}\p{N}]/u;

function isTermCode(codePoint: number): boolean {
  return codePoint < 128 ? asciiTerm[codePoint] === 1 : termCharacter.test(String.fromCodePoint(codePoint));
}

/** Whether the character that ends before `end` belongs to a term. */
function isTermBefore(text: string, end: number): boolean {
  if (end <= 0) return false;
  const unit = text.charCodeAt(end - 1);
  const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff && end > 1;
  return isTermCode(isLowSurrogate ? (text.codePointAt(end - 2) as number) : unit);
}

/** Whether the character that begins at `start` belongs to a term. */
const isTermAt = (text: string, start: number): boolean =>
  start < text.length && isTermCode(text.codePointAt(start) as number);

export type TermEdges = { readonly start: boolean; readonly end: boolean };

/**
 * Whether `needle` occurs in `text` with a term boundary at the edges asked for. An edge of the needle that is no term
 * character itself is a boundary already. An empty needle occurs everywhere.
 */
export function containsTerm(text: string, needle: string, edges: TermEdges): boolean {
  if (needle === '') return true;
  const checkStart = edges.start && isTermAt(needle, 0);
  const checkEnd = edges.end && isTermBefore(needle, needle.length);
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    if (!(checkStart && isTermBefore(text, at)) && !(checkEnd && isTermAt(text, end))) return true;
  }
  return false;
}

/** The terms of a text, in order. */
export const termsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether the text is one term. */
export const isSingleTerm = (text: string): boolean => /^[\p{L}\p{N}]+$/u.test(text);

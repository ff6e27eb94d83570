/**
 * Text folded for comparison without case: every code point by its simple mapping, so `Straße` meets `straße` but not
 * `strasse`, and nothing changes its length. toLowerCase() alone would turn İ into two characters, tell ς from σ by its
 * place in the word, and make the Kelvin sign an ASCII k.
 */
export function foldCase(text: string): string {
  return look(text).folded;
}

/** The same for ASCII; undefined for other text. */
export function foldAscii(text: string): string | undefined {
  const { isAscii, folded } = look(text);
  return isAscii ? folded : undefined;
}

function look(text: string): typeof last {
  if (text === last.text) return last;
  // Most text of logs is in small letters already: a look costs less than a copy.
  const isSmall = !mayChange.test(text);
  last.text = text;
  last.isAscii = isSmall || isAscii(text);
  last.folded = isSmall ? text : specialCased.test(text) ? foldSpecial(text) : text.toLowerCase();
  return last;
}

const mayChange = /[A-Z\u0080-\uffff]/;

/** Several conditions on one column look at the same text one after the other. */
const last = { text: '', isAscii: true, folded: '' };

function foldSpecial(text: string): string {
  return text.replace(/[^\u0130\u03a3\u03c2\u212a]+|[\u03a3\u03c2]/g, (part) =>
    part === '\u03a3' || part === '\u03c2' ? '\u03c3' : part.toLowerCase(),
  );
}

const specialCased = /[\u0130\u03a3\u03c2\u212a]/;

/** Simple upper and lower case: one code point stays one code point (ß has no capital of its own here). */
export const toUpper = (text: string): string =>
  isAscii(text) ? text.toUpperCase() : mapCodePoints(text, (character) => character.toUpperCase());

export const toLower = (text: string): string =>
  isAscii(text) ? text.toLowerCase() : mapCodePoints(text, (character) => character.toLowerCase());

export const isAscii = (text: string): boolean => !/[\u0080-\uffff]/.test(text);

function mapCodePoints(text: string, map: (character: string) => string): string {
  let mapped = '';
  for (const character of text) {
    const other = map(character);
    mapped += [...other].length === 1 ? other : character;
  }
  return mapped;
}

import { KqlError } from '../kql-error.ts';
import { flattenClass, isPlainClass } from './character-class.ts';
import { spellProperty } from './unicode-property.ts';

/**
 * KQL's patterns (learn.microsoft.com/kusto/query/regex) are those of Rust's regex crate, which share linear time and
 * most of their syntax with RE2. A pattern is spelt here in RE2's syntax, in two forms that agree over ASCII text: as
 * it stands, and with `\d`, `\w` and `\s`, which are Unicode's in KQL and ASCII's in RE2, written out. What RE2 would
 * read as something else is refused. `\b` is ASCII's in both; pike-machine.ts sees to Unicode's.
 */
export type PatternForms = {
  readonly ascii: string;
  readonly unicode: string;
  /** The Unicode form without what it asks of the edges of words: it matches wherever the pattern does. */
  readonly edgeless: string;
};

/** The members of each class, as they stand inside brackets, and those of its complement. */
const classMembers: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  w: String.raw`\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\x{200c}\x{200d}`,
  W: String.raw`\p{C}\p{Z}\p{S}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\p{No}`,
  s: String.raw`\t-\r\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}`,
  S: [
    String.raw`\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{84}\x{86}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}`,
    String.raw`\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{10ffff}`,
  ].join(''),
};

/** A code point by its number, a word boundary of one side or a property, any other escape, a named class, a bracket, a character. */
const part =
  /\\[uU]\{([0-9a-fA-F]+)\}|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(?:b|[pP])\{[^}]*\}|\\[\s\S]|\[:\^?\w+:\]|\[\^?\]?|[\s\S]/gu;

export function patternForms(pattern: string): PatternForms {
  const forms = { ascii: '', unicode: '', edgeless: '' };
  const add = (ascii: string, unicode = ascii, edgeless = unicode): void => {
    forms.ascii += ascii;
    forms.unicode += unicode;
    forms.edgeless += edgeless;
  };
  const source = withoutComments(pattern);
  let isInBrackets = false;
  let done = 0;
  for (const match of source.matchAll(part)) {
    if (match.index < done) continue;
    const [text, long, four, eight] = match;
    const isBracket = text.startsWith('[') && (text.length === 1 || !text.startsWith('[:'));
    refuseWordEdge(text);
    const flat = isBracket && !isInBrackets ? flatten(source, match.index) : undefined;
    if (flat !== undefined) {
      add(flat.text);
      done = flat.end;
    } else if (isBracket && isInBrackets) {
      add(`\\${text}`);
      isInBrackets = !text.endsWith(']');
    } else {
      isInBrackets = isBracket || (isInBrackets && text !== ']');
      const plain = spellForRe2(text, long ?? four ?? eight);
      const members = classMembers[text.startsWith('\\') ? text.slice(1) : ''];
      const isEdge = !isInBrackets && (text === '\\b' || text === '\\B');
      add(plain, members === undefined ? plain : isInBrackets ? members : `[${members}]`, isEdge ? '(?:)' : undefined);
    }
  }
  return forms;
}

const spellForRe2 = (text: string, codePoint: string | undefined): string =>
  codePoint === undefined ? spellProperty(text) : `\\x{${codePoint}}`;

/** A class within which are classes or set operators, as one of RE2's; undefined where it is one already. */
function flatten(pattern: string, at: number): ReturnType<typeof flattenClass> {
  if (isPlainClass(pattern, at)) return undefined;
  const flat = flattenClass(pattern, at, spellItem);
  // A bracket that opens no class which ends is just a bracket, as in `[[]`, which rules trim addresses with.
  if (flat === undefined && !/^\[[^\]]*(&&|--|~~)/.test(pattern.slice(at))) return undefined;
  if (flat === undefined) {
    throw new KqlError('evaluation', `'${pattern}' is no regular expression: a class does not end`, {
      hint: 'a bracket within a class opens another one; write \\[ for the character',
    });
  }
  // Letters of either case are taken in before the operators look at them: what stays is another class than without.
  if (!/\(\?[a-zA-Z]*i/.test(pattern)) return flat;
  throw new KqlError('unsupported', `'${pattern.slice(at, flat.end)}' in a pattern without case is not supported`, {
    hint: 'write the class without nesting and set operators, or the letters of both cases without (?i)',
  });
}

/** An item of a class as RE2 spells it, with Unicode's classes. */
function spellItem(text: string): string {
  const [, long, four, eight] = /^\\(?:[uU]\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))$/.exec(text) ?? [];
  if (/^[\^\]]$/.test(text)) return `\\${text}`;
  return classMembers[text.startsWith('\\') ? text.slice(1) : ''] ?? spellForRe2(text, long ?? four ?? eight);
}

/** What means something else in RE2 than in KQL. */
function refuseWordEdge(text: string): void {
  if (text !== '\\<' && text !== '\\>' && !text.startsWith('\\b{')) return;
  throw new KqlError('unsupported', `'${text}' in a regular expression is not supported`, { hint: 'use \\b' });
}

/** A pattern in verbose mode from its start, `(?x)`, without its white space and comments. */
function withoutComments(pattern: string): string {
  const flags = /^\(\?([a-zA-Z]*x[a-zA-Z]*)\)/.exec(pattern);
  if (flags === null) return pattern;
  const others = (flags[1] as string).replaceAll('x', '');
  const body = pattern
    .slice(flags[0].length)
    .replace(/\\[\s\S]|\s+|#[^\n]*/g, (match) => (match.startsWith('\\') ? match : ''));
  return others === '' ? body : `(?${others})${body}`;
}

import { KqlError } from '../kql-error.ts';

/**
 * KQL's patterns (learn.microsoft.com/kusto/query/regex) are those of Rust's regex crate, which share linear time and
 * most of their syntax with RE2. A pattern is spelt here in RE2's syntax, in two forms that agree over ASCII text: as
 * it stands, and with `\d`, `\w` and `\s`, which are Unicode's in KQL and ASCII's in RE2, written out. What RE2 would
 * read as something else is refused. `\b` is ASCII's in both; pike-machine.ts sees to Unicode's.
 */
export type PatternForms = { readonly ascii: string; readonly unicode: string };

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

/** A code point by its number, a word boundary of one side, any other escape, a named class, a bracket, a character. */
const part =
  /\\[uU]\{([0-9a-fA-F]+)\}|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\b\{[^}]*\}|\\[\s\S]|\[:\^?\w+:\]|\[\^?\]?|&&|--|~~|[\s\S]/gu;

const inBracketsOnly = new Set(['&&', '--', '~~']);

export function patternForms(pattern: string): PatternForms {
  const forms = { ascii: '', unicode: '' };
  const source = withoutComments(pattern);
  let isInBrackets = false;
  for (const { 0: text, 1: long, 2: four, 3: eight, index } of source.matchAll(part)) {
    if (isInBrackets && isLiteralBracket(text, source, index)) {
      forms.ascii += `\\${text}`;
      forms.unicode += `\\${text}`;
      isInBrackets = !text.endsWith(']');
      continue;
    }
    const codePoint = long ?? four ?? eight;
    const members = classMembers[text.startsWith('\\') ? text.slice(1) : ''];
    const isNamedClass = text.startsWith('[:') && text.length > 2;
    refuseForeign(text, isInBrackets, isNamedClass);
    if (text.startsWith('[') && !isNamedClass) isInBrackets = true;
    else if (text === ']') isInBrackets = false;
    const plain = codePoint === undefined ? text : `\\x{${codePoint}}`;
    forms.ascii += plain;
    forms.unicode += members === undefined ? plain : isInBrackets ? members : `[${members}]`;
  }
  return forms;
}

/**
 * Whether a bracket inside a class is just a bracket, as in `[[]`, which rules trim addresses with: it is where no class
 * inside the class could be meant, because the brackets that would close both are not there.
 */
function isLiteralBracket(text: string, source: string, from: number): boolean {
  if (!/^\[\^?\]?$/.test(text)) return false;
  let depth = 1;
  const brackets = /\\[\s\S]|\[:\^?\w+:\]|\[\^?\]?|\]/g;
  brackets.lastIndex = from;
  for (let found = brackets.exec(source); found !== null && depth > 0; found = brackets.exec(source)) {
    if (found[0] === ']') depth--;
    else if (/^\[\^?\]?$/.test(found[0])) depth++;
  }
  return depth > 0;
}

/** What means something else in RE2 than in KQL. */
function refuseForeign(text: string, isInBrackets: boolean, isNamedClass: boolean): void {
  const isNested = isInBrackets && text.startsWith('[') && !isNamedClass;
  const isSetOperator = isInBrackets && inBracketsOnly.has(text);
  const isWordEdge = text === '\\<' || text === '\\>' || text.startsWith('\\b{');
  if (!isNested && !isSetOperator && !isWordEdge) return;
  throw new KqlError('unsupported', `'${text}' in a regular expression is not supported`, {
    hint: isWordEdge ? 'use \\b' : 'write the class without nesting and set operators, or escape the character',
  });
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

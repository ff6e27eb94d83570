/**
 * KQL's `\d`, `\w` and `\s` are Unicode's (learn.microsoft.com/kusto/query/regex); RE2's are ASCII's. The members of
 * each class, as they stand inside brackets, and those of its complement.
 */
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

/** A literal run, a bracket's start with what it may hold unescaped, a named class, an escape, or one character. */
const part = /\\Q[\s\S]*?(?:\\E|$)|\[\^?\]?|\[:\^?\w+:\]|\\[\s\S]|[\s\S]/y;

/**
 * The pattern with `\d`, `\w`, `\s` and their complements spelt out in Unicode. `\b` stays ASCII's: RE2 has no other.
 */
export function unicodePattern(pattern: string): string {
  let translated = '';
  let isInBrackets = false;
  part.lastIndex = 0;
  for (let match = part.exec(pattern); match !== null; match = part.exec(pattern)) {
    const text = match[0];
    const members = text.length === 2 && text.startsWith('\\') ? classMembers[text[1] as string] : undefined;
    if (members !== undefined) translated += isInBrackets ? members : `[${members}]`;
    else if (isInBrackets && text.startsWith('[') && !text.startsWith('[:')) {
      // A bracket inside brackets is itself; what the expression took along is read again.
      translated += '[';
      part.lastIndex = match.index + 1;
    } else {
      if (text.startsWith('[') && !text.startsWith('[:')) isInBrackets = true;
      else if (text === ']') isInBrackets = false;
      translated += text;
    }
  }
  return translated;
}

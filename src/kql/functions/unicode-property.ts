/** The general categories by the long names that Unicode gives them, without case, spaces and underscores. */
const categories: ReadonlyMap<string, string> = new Map(
  Object.entries({
    C: 'other',
    Cc: 'control',
    Cf: 'format',
    Co: 'privateuse',
    L: 'letter',
    Ll: 'lowercaseletter',
    Lm: 'modifierletter',
    Lo: 'otherletter',
    Lt: 'titlecaseletter',
    Lu: 'uppercaseletter',
    M: 'mark',
    Mc: 'spacingmark',
    Me: 'enclosingmark',
    Mn: 'nonspacingmark',
    N: 'number',
    Nd: 'decimalnumber',
    Nl: 'letternumber',
    No: 'othernumber',
    P: 'punctuation',
    Pc: 'connectorpunctuation',
    Pd: 'dashpunctuation',
    Pe: 'closepunctuation',
    Pf: 'finalpunctuation',
    Pi: 'initialpunctuation',
    Po: 'otherpunctuation',
    Ps: 'openpunctuation',
    S: 'symbol',
    Sc: 'currencysymbol',
    Sk: 'modifiersymbol',
    Sm: 'mathsymbol',
    So: 'othersymbol',
    Z: 'separator',
    Zl: 'lineseparator',
    Zp: 'paragraphseparator',
    Zs: 'spaceseparator',
  }).map(([short, long]) => [long, short]),
);

/** A property such as `\p{Letter}` or `\P{Script=Greek}`, by the name that RE2 has for it; other text as it is. */
export function spellProperty(text: string): string {
  const match = /^\\([pP])\{(\^?)(?:(?:gc|general_?category|sc|script)=)?([^}=]*)\}$/i.exec(text);
  if (match === null) return text;
  const [, letter = 'p', negation = '', name = ''] = match;
  return `\\${letter}{${negation}${categories.get(name.toLowerCase().replace(/[\s_-]/g, '')) ?? name}}`;
}

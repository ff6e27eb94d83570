import { foldCase } from '../../values/case-folding.ts';
import type { Value } from '../../values/value.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import { containsTerm } from '../text-terms.ts';

/** Whether a text matches; both sides are folded already where case does not count. */
type TextTest = (text: string, needle: string) => boolean;

/** Tests a column against a needle, which is folded once where it is constant. */
function matcher(test: TextTest, ignoreCase: boolean, negated: boolean, needle: Value | undefined): Evaluate {
  const fold = ignoreCase ? foldCase : (text: string) => text;
  if (typeof needle !== 'string') return (text: string, other: string) => test(fold(text), fold(other)) !== negated;
  // Signs and digits have no case: the text need not be folded to find them.
  if (!hasCase(needle)) return (text: string) => test(text, needle) !== negated;
  const folded = fold(needle);
  return (text: string) => test(fold(text), folded) !== negated;
}

const hasCase = (text: string): boolean => /[A-Za-z\u0080-\uffff]/.test(text);

type Kind = { readonly name: string; readonly test: TextTest; readonly says: string };

const kinds: readonly Kind[] = [
  { name: 'contains', test: (text, needle) => text.includes(needle), says: 'the right text occurs in the left one' },
  { name: 'startswith', test: (text, needle) => text.startsWith(needle), says: 'the left text starts with the right' },
  { name: 'endswith', test: (text, needle) => text.endsWith(needle), says: 'the left text ends with the right one' },
  {
    name: 'has',
    test: (text, needle) => containsTerm(text, needle, { start: true, end: true }),
    says: 'the right text occurs in the left one as whole terms',
  },
  {
    name: 'hasprefix',
    test: (text, needle) => containsTerm(text, needle, { start: true, end: false }),
    says: 'a term of the left text starts with the right one',
  },
  {
    name: 'hassuffix',
    test: (text, needle) => containsTerm(text, needle, { start: false, end: true }),
    says: 'a term of the left text ends with the right one',
  },
];

/** Spellings from before the operators had `!` and `_cs`; the parser still takes them. */
const olderNames: Readonly<Record<string, readonly string[]>> = {
  '!contains': ['notcontains'],
  contains_cs: ['containscs'],
  '!contains_cs': ['notcontainscs'],
};

function textOperator(name: string, test: TextTest, says: string, flags: { cased: boolean; negated: boolean }) {
  const { cased, negated } = flags;
  return {
    name,
    aliases: olderNames[name] ?? [],
    signature: `text ${name} needle`,
    summary: `${negated ? 'False' : 'True'} where ${says}; ${cased ? 'case counts' : 'case does not count'}.`,
    page: 'datatypes-string-operators',
    overloads: [
      {
        parameters: ['string', 'string'],
        returns: 'bool',
        nulls: 'pass',
        prepare: (_context, constants) => matcher(test, !cased, negated, constants[1]),
      },
    ],
  } satisfies ScalarFunction;
}

const sameText: TextTest = (text, needle) => text === needle;

export const textMatches: readonly ScalarFunction[] = [
  ...kinds.flatMap(({ name, test, says }) => [
    textOperator(name, test, says, { cased: false, negated: false }),
    textOperator(`!${name}`, test, says, { cased: false, negated: true }),
    textOperator(`${name}_cs`, test, says, { cased: true, negated: false }),
    textOperator(`!${name}_cs`, test, says, { cased: true, negated: true }),
  ]),
  textOperator('=~', sameText, 'both texts are the same', { cased: false, negated: false }),
  textOperator('!~', sameText, 'both texts are the same', { cased: false, negated: true }),
];

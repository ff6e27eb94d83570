import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { patternForms } from '../../../src/kql/functions/regular-expression-syntax.ts';

/** A class as it is written, and whether it holds a character. */
type Class = { readonly text: string; readonly has: (character: string) => boolean };

const letters = [...'abcdefgé]^-[\\&'];
const escaped = (character: string): string => (/[\]^\-[\\&~]/.test(character) ? `\\${character}` : character);

const items: fc.Arbitrary<Class> = fc.oneof(
  fc.constantFrom(...letters).map((letter) => ({ text: escaped(letter), has: (c: string) => c === letter })),
  fc.constantFrom('bd', 'ag', 'ce').map(([first = '', last = '']) => ({
    text: `${first}-${last}`,
    has: (c: string) => c >= first && c <= last,
  })),
  fc.constant({ text: '[:alpha:]', has: (c: string) => /[a-z]/.test(c) }),
  fc.constant({ text: String.raw`\w`, has: (c: string) => /[\p{L}]/u.test(c) }),
);

const { nested } = fc.letrec<{ nested: Class; union: Class }>((tie) => ({
  nested: fc
    .tuple(
      fc.boolean(),
      fc.array(fc.tuple(fc.constantFrom('&&', '--', '~~'), tie('union')), { minLength: 1, maxLength: 3 }),
    )
    .map(([isNegated, operands]): Class => {
      const text = operands.map(([sign, { text }], i) => (i === 0 ? text : sign + text)).join('');
      const apply: Record<string, (l: boolean, r: boolean) => boolean> = {
        '&&': (l, r) => l && r,
        '--': (l, r) => l && !r,
        '~~': (l, r) => l !== r,
      };
      const has = (c: string): boolean =>
        operands.reduce(
          (left, [sign, { has }], i) => (i === 0 ? has(c) : (apply[sign]?.(left, has(c)) ?? false)),
          false,
        );
      return { text: `[${isNegated ? '^' : ''}${text}]`, has: (c) => has(c) !== isNegated };
    }),
  union: fc
    .array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, items, tie('nested')), {
      minLength: 1,
      maxLength: 3,
    })
    .map(
      (members): Class => ({
        text: members.map(({ text }) => text).join(''),
        has: (c) => members.some(({ has }) => has(c)),
      }),
    ),
}));

describe('A class with classes and set operators in it', () => {
  it('holds what the operators leave, from left to right, after union', () => {
    fc.assert(
      fc.property(nested, ({ text, has }) => {
        const expression = RE2JS.compile(patternForms(text).unicode);
        for (const character of letters)
          assert.equal(expression.matches(character), has(character), `${text} ${character}`);
      }),
      { numRuns: 200 },
    );
  });

  it('is the one of the page on regular expressions', () => {
    const holds = (source: string, characters: string): string =>
      [...characters].filter((character) => RE2JS.compile(patternForms(source).ascii).matches(character)).join('');
    assert.deepEqual(
      [
        holds('[x[^xyz]]', 'wxyz'),
        holds('[a-y&&xyz]', 'awxyz'),
        holds('[0-9&&[^4]]', '345'),
        holds('[0-9--4]', '345'),
        holds('[a-g~~b-h]', 'abcgh'),
        holds('[a&&b]', 'ab'),
        holds(String.raw`[\pL--\p{Greek}&&\p{Lu}]`, 'aAαΑ1'),
        holds('[^a-z&&b]', 'ab'),
      ],
      ['wx', 'xy', '35', '35', 'ah', '', 'A', 'a'],
    );
  });
});

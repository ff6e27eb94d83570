import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compilePattern, patternSource } from '../../../src/kql/functions/regular-expression.ts';
import { patternForms } from '../../../src/kql/functions/regular-expression-syntax.ts';
import { KqlError } from '../../../src/kql/kql-error.ts';

const pieces = [
  String.raw`\d`,
  String.raw`\W`,
  String.raw`[^\s]`,
  String.raw`[\w-]`,
  String.raw`[]\D]`,
  'a',
  '[[:digit:]]',
  '.',
];
const pattern = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom('', '+', '?', '*')), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map((part) => part.join('')).join(''));

describe('A pattern spelt out for Unicode', () => {
  it('says the same as the pattern over ASCII', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: 'grapheme-ascii', maxLength: 8 }), (source, text) => {
        const spelt = compilePattern(patternForms(source).unicode).matcher(text);
        const plain = compilePattern(source).matcher(text);
        assert.equal(spelt.find(), plain.find(), source);
      }),
    );
  });

  it('knows letters, digits and spaces of other scripts, inside brackets and out', () => {
    const find = (source: string, text: string): string | null => {
      const matcher = patternSource(source)(source, text).matcher(text);
      return matcher.find() ? matcher.group(0) : null;
    };
    assert.deepEqual(
      [
        find(String.raw`\w+`, '-né٣_-'),
        find(String.raw`[\d]+`, 'x٣٤'),
        find(String.raw`\s`, 'é\u00a0'),
        find(String.raw`[^\W]+`, '-é-'),
        find(String.raw`[\S]+`, '\u2003é'),
        find(String.raw`\u00e9\u{64}`, 'éd'),
        find('(?ix) n É # comment', 'né'),
        find(String.raw`\p{Letter}\p{Decimal_Number}`, '1é2'),
        find(String.raw`[\p{Script=Greek}\P{gc=Letter}]+`, 'aα-b'),
      ],
      ['né٣_', '٣٤', '\u00a0', 'é', 'é', 'éd', 'né', 'é2', 'α-'],
    );
  });
});

describe('A pattern that RE2 would read differently', () => {
  it('is refused', () => {
    for (const source of [String.raw`\<a`, String.raw`a\b{end}`, '(?i)[a-z--b]']) {
      assert.throws(
        () => patternSource(source),
        (error: unknown) => error instanceof KqlError && error.code === 'unsupported',
        source,
      );
    }
  });

  it('is not taken for one outside brackets, or where the characters are escaped', () => {
    for (const source of ['a&&b--c~~d', String.raw`[a\[b]`, String.raw`[+\-\-]`, '[[:alpha:]_]', '[]a]', '[^]a]']) {
      assert.doesNotThrow(() => patternSource(source), source);
    }
  });
});

describe('A pattern that is none', () => {
  it('is refused with a code, also where RE2 has no such syntax', () => {
    for (const source of ['(', 'a(?=b)', String.raw`(a)\1`, '*', '[a&&[b]']) {
      assert.throws(
        () => patternSource(source),
        (error: unknown) => error instanceof KqlError && error.code === 'evaluation',
      );
    }
  });
});

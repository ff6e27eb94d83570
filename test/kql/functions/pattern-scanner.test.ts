import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { createPatternScanner } from '../../../src/kql/functions/pattern-scanner.ts';

/** What RE2's own engine finds: all groups of the leftmost match. */
function reference(pattern: string, text: string): readonly string[] | undefined {
  const matcher = RE2JS.compile(pattern).matcher(text);
  if (!matcher.find()) return undefined;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '');
}

function scanned(pattern: string, text: string): readonly string[] | undefined | 'unknown' {
  const scanner = createPatternScanner(pattern);
  const isFound = scanner?.find(text);
  if (scanner === undefined || isFound === undefined) return 'unknown';
  return isFound ? Array.from({ length: scanner.groupCount + 1 }, (_, group) => scanner.group(text, group)) : undefined;
}

describe('A pattern scanner', () => {
  it('finds what a query parameter holds, and nothing where it is not there', () => {
    const pattern = '[?&]customer=([^&]*)';
    assert.deepEqual(scanned(pattern, '/orders?page=2&customer=17&size=5'), ['&customer=17', '17']);
    assert.deepEqual(scanned(pattern, '/orders?xcustomer=17&customer='), ['&customer=', '']);
    assert.equal(scanned(pattern, '/customer=17'), undefined);
  });

  it('ignores case where the pattern says so', () => {
    assert.deepEqual(scanned(String.raw`(?i)union\s+select`, 'x UNION \t Select y'), ['UNION \t Select']);
    assert.equal(scanned(String.raw`union\s+select`, 'x UNION select y'), undefined);
  });

  it('leaves what it could get wrong to the general engine', () => {
    for (const pattern of [
      'a|b',
      'a*ab',
      '(a)+',
      'a{2}',
      'a*?b',
      'x(?P<n>y)',
      String.raw`\bx`,
      '[[:alpha:]]',
      'é',
      '(?s)a.',
    ]) {
      assert.equal(createPatternScanner(pattern), undefined, pattern);
    }
    assert.equal(scanned('[^a]', 'é'), 'unknown', 'text beyond ASCII');
  });

  it('hands a search that would take quadratic time to the linear engine', () => {
    assert.equal(scanned('[0-9]+x', '1'.repeat(10_000)), 'unknown');
  });

  it('agrees with RE2 on every pattern that it takes', () => {
    const atom = fc.constantFrom(
      ...['a', 'b', 'B', '1', '=', '&', ' ', '.', '-', '_', String.raw`\d`, String.raw`\w`, String.raw`\s`],
      ...['[ab]', '[^a]', '[^&=]', '[a-z1]', '[^B-]', '[-a]', String.raw`[\w.]`, String.raw`[^\s]`, String.raw`\.`],
    );
    const item = fc.tuple(atom, fc.constantFrom('', '', '', '*', '+', '?')).map((parts) => parts.join(''));
    const group = fc
      .tuple(fc.constantFrom('(', '(?:'), fc.array(item, { maxLength: 3 }))
      .map(([open, items]) => `${open}${items.join('')})`);
    const pattern = fc
      .tuple(
        fc.constantFrom('', '', '(?i)', '^', '(?i)^'),
        fc.array(fc.oneof({ weight: 4, arbitrary: item }, { weight: 1, arbitrary: group }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.constantFrom('', '', '$'),
      )
      .map(([start, items, end]) => `${start}${items.join('')}${end}`);
    const text = fc.string({ unit: fc.constantFrom(...'abAB1=& .-_\n'), maxLength: 14 });
    let taken = 0;
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const found = scanned(source, subject);
        if (found === 'unknown') return;
        taken++;
        assert.deepEqual(found, reference(source, subject));
      }),
      { numRuns: 4000 },
    );
    assert.ok(taken > 1000, `${taken} of 4000 patterns were taken`);
  });
});

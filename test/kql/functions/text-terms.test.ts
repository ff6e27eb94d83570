import assert from 'node:assert/strict';
import fc from 'fast-check';
import { containsTerm, isSingleTerm, termsOf } from '../../../src/kql/functions/text-terms.ts';

const wholeTerms = { start: true, end: true };
/** Few characters, so that terms, borders and repetitions meet often. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', 'é', '😀', '𝐀', '_', '-', ' '), maxLength: 10 });

describe('Whole terms', () => {
  it('are found exactly where the text has them as a run of letters and digits', () => {
    fc.assert(
      fc.property(text, text, (haystack, needle) => {
        fc.pre(isSingleTerm(needle));
        assert.equal(containsTerm(haystack, needle, wholeTerms), termsOf(haystack).includes(needle));
      }),
    );
  });

  it('are found as prefix and suffix exactly where a term starts or ends so', () => {
    fc.assert(
      fc.property(text, text, (haystack, needle) => {
        fc.pre(isSingleTerm(needle));
        const terms = termsOf(haystack);
        assert.equal(
          containsTerm(haystack, needle, { start: true, end: false }),
          terms.some((term) => term.startsWith(needle)),
        );
        assert.equal(
          containsTerm(haystack, needle, { start: false, end: true }),
          terms.some((term) => term.endsWith(needle)),
        );
      }),
    );
  });

  it('never match where the text itself does not occur', () => {
    fc.assert(
      fc.property(text, text, (haystack, needle) => {
        if (containsTerm(haystack, needle, wholeTerms)) assert.ok(haystack.includes(needle));
      }),
    );
  });
});

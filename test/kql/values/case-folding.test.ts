import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldCase, toLower, toUpper } from '../../../src/kql/values/case-folding.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 12 });

describe('Case folding', () => {
  it('never changes how many characters a text has', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const size = [...text].length;
        for (const fold of [foldCase, toLower, toUpper]) assert.equal([...fold(text)].length, size);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(anyText, (text) => assert.equal(foldCase(foldCase(text)), foldCase(text))));
  });

  it('does not look at neighbours: a text folds as its characters do', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(foldCase(text), [...text].map(foldCase).join(''));
      }),
    );
  });

  it('meets both forms of sigma, and leaves the dotted I and the sharp s alone', () => {
    assert.equal(foldCase('ΣΊΣΥΦΟΣ'), foldCase('σίσυφος'));
    assert.deepEqual([foldCase('İ'), toUpper('ß'), toLower('İ')], ['İ', 'ß', 'İ']);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { didYouMean, editDistance, nearestNames } from '../../../src/kql/parse/nearest-names.ts';

describe('the names near a name', () => {
  it('are those a few typing mistakes away, nearest first', () => {
    const tables = ['SigninLogs', 'SecurityAlert', 'SecurityIncident', 'AuditLogs'];
    assert.deepEqual(nearestNames('SigninLog', tables), ['SigninLogs']);
    assert.deepEqual(nearestNames('SecurtiyAlert', tables), ['SecurityAlert']);
    assert.deepEqual(nearestNames('signinlogs', tables), ['SigninLogs']);
  });

  it('are also those that begin with what was written', () => {
    assert.deepEqual(nearestNames('Secur', ['SecurityAlert', 'SecurityIncident', 'AuditLogs']), [
      'SecurityAlert',
      'SecurityIncident',
    ]);
  });

  it('are none where nothing is near, and never the name itself', () => {
    assert.deepEqual(nearestNames('Heartbeat', ['SigninLogs']), []);
    assert.deepEqual(nearestNames('ab', ['cd', 'xy']), []);
    assert.deepEqual(nearestNames('SigninLogs', ['SigninLogs']), []);
  });

  it('are offered three at most, in a sentence', () => {
    const near = nearestNames('col', ['cola', 'colb', 'colc', 'cold']);
    assert.deepEqual(near, ['cola', 'colb', 'colc']);
    assert.equal(didYouMean(near), 'did you mean cola, colb or colc?');
    assert.equal(didYouMean(['cola']), 'did you mean cola?');
    assert.equal(didYouMean([]), undefined);
  });
});

describe('the edit distance', () => {
  it('counts insertions, deletions, replacements and swapped neighbours as one each', () => {
    assert.equal(editDistance('where', 'where'), 0);
    assert.equal(editDistance('wher', 'where'), 1);
    assert.equal(editDistance('wehre', 'where'), 1);
    assert.equal(editDistance('xhere', 'where'), 1);
    assert.equal(editDistance('', 'abc'), 3);
    assert.equal(editDistance('kitten', 'sitting'), 3);
  });

  it('is symmetric, and zero for equal texts only', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        assert.equal(editDistance(a, b), editDistance(b, a));
        assert.equal(editDistance(a, b) === 0, a === b);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DistinctPairs } from '../../../src/kql/functions/distinct-pairs.ts';

describe('Distinct pairs', () => {
  it('know each pair once, however groups and values grow', () => {
    const pair = fc.tuple(fc.nat(40), fc.nat(90));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 200 }), (pairs) => {
        const distinct = new DistinctPairs();
        const seen = new Set<string>();
        for (const [group, value] of pairs) {
          distinct.reserve(group + 1, value + 1);
          assert.equal(distinct.isNew(group, value), !seen.has(`${group} ${value}`));
          seen.add(`${group} ${value}`);
        }
      }),
    );
  });

  it('keep what they know where the bits become too many', () => {
    const distinct = new DistinctPairs();
    distinct.reserve(3, 64);
    assert.deepEqual([distinct.isNew(0, 0), distinct.isNew(2, 63)], [true, true]);
    distinct.reserve(100_000, 1_000_000);
    assert.deepEqual(
      [distinct.isNew(0, 0), distinct.isNew(2, 63), distinct.isNew(2, 62), distinct.isNew(99_999, 999_999)],
      [false, false, true, true],
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { GroupedSets } from '../../../src/kql/functions/grouped-sets.ts';

describe('Sets, one a group', () => {
  it('take each number once, whichever groups grow in between', () => {
    const entry = fc.tuple(fc.nat(5), fc.nat(60));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 400 }), (entries) => {
        const sets = new GroupedSets();
        const seen = new Set<string>();
        for (const [group, number] of entries) {
          sets.reserve(group + 1);
          assert.equal(sets.add(group, number), !seen.has(`${group} ${number}`));
          seen.add(`${group} ${number}`);
        }
      }),
    );
  });

  it('keep what they hold while they and their room grow, from 0 to the largest int', () => {
    const sets = new GroupedSets();
    sets.reserve(1000);
    const numbers = [...Array.from({ length: 20_000 }, (_, index) => index * 64), 2 ** 31 - 2];
    assert.ok(numbers.every((number) => sets.add(7, number)));
    assert.ok(sets.add(999, 64));
    assert.ok(numbers.every((number) => !sets.add(7, number)));
    assert.equal(sets.add(7, 63), true);
  });
});

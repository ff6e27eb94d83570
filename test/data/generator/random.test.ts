import assert from 'node:assert/strict';
import { Random, seededRandom } from '../../../data/generator/random.ts';

function draws(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.bits());
}

describe('the random numbers of the generator', () => {
  it('are those of xoshiro128** 1.1 for the published start state', () => {
    assert.deepEqual(
      draws(new Random('', [1, 2, 3, 4]), 10),
      [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
    );
  });

  it('are the same for the same seed and others for another', () => {
    assert.deepEqual(draws(seededRandom(7), 50), draws(seededRandom(7), 50));
    assert.notDeepEqual(draws(seededRandom(7), 50), draws(seededRandom(8), 50));
  });

  it('do not change in one part when another part draws more or is left out', () => {
    const first = seededRandom(7);
    const second = seededRandom(7);
    draws(second.fork('couriers'), 99);
    assert.deepEqual(draws(first.fork('shoppers'), 20), draws(second.fork('shoppers'), 20));
    assert.deepEqual(draws(first, 20), draws(second, 20));
  });

  it('share nothing between neighbouring forks', () => {
    const parent = seededRandom(7);
    const seen = new Set(Array.from({ length: 1000 }, (_, index) => parent.fork(index).bits()));
    assert.equal(seen.size, 1000);
  });

  it('fall evenly below a bound, and never on it', () => {
    const random = seededRandom(7);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) {
      const value = random.below(10);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    assert.equal(counts.length, 10);
    // Five standard deviations of a binomial count around 10,000.
    assert.ok(
      counts.every((count) => Math.abs(count - 10_000) < 475),
      counts.join(' '),
    );
  });

  for (const bad of [-1, 1.5, 2 ** 32, Number.NaN]) {
    it(`refuse ${bad} as a seed`, () => {
      assert.throws(() => seededRandom(bad), { name: 'GeneratorError', code: 'bad-seed' });
    });
  }

  it('refuse to pick from nothing', () => {
    assert.throws(() => seededRandom(7).pick([]), { code: 'bad-input' });
  });
});

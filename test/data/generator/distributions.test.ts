import assert from 'node:assert/strict';
import { geometric, heavyTail, logNormal, pickIndex, poisson } from '../../../data/generator/distributions.ts';
import { seededRandom } from '../../../data/generator/random.ts';

const size = 40_000;

function sample(draw: () => number): number[] {
  return Array.from({ length: size }, draw);
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

describe('the distributions that traffic is drawn from', () => {
  for (const expected of [0.4, 7, 140]) {
    it(`poisson: ${expected} events on average, with the same variance`, () => {
      const random = seededRandom(1);
      const counts = sample(() => poisson(random, expected));
      const average = mean(counts);
      const variance = mean(counts.map((count) => (count - average) ** 2));
      assert.ok(Math.abs(average / expected - 1) < 0.02, `mean ${average}`);
      assert.ok(Math.abs(variance / expected - 1) < 0.05, `variance ${variance}`);
    });
  }

  it('geometric: the wanted mean, and half as often again for each further step', () => {
    const random = seededRandom(2);
    const counts = sample(() => geometric(random, 1));
    const share = (value: number): number => counts.filter((count) => count === value).length / size;
    assert.ok(Math.abs(mean(counts) - 1) < 0.03);
    assert.ok(Math.abs(share(0) - 0.5) < 0.01);
    assert.ok(Math.abs(share(2) - 0.125) < 0.01);
    assert.equal(geometric(random, 0), 0);
  });

  it('log-normal: half below the median, and a mean above it', () => {
    const random = seededRandom(3);
    const values = sample(() => logNormal(random, 100, 0.5));
    assert.ok(Math.abs(values.filter((value) => value < 100).length / size - 0.5) < 0.01);
    // exp(sigma^2 / 2) times the median.
    assert.ok(Math.abs(mean(values) - 113.3) < 1.5, `mean ${mean(values)}`);
  });

  it('heavy tail: each rank as often as its weight says', () => {
    const random = seededRandom(4);
    // Weights 1, 1/2, 1/3, 1/4: shares 12, 6, 4 and 3 of 25.
    const totals = heavyTail(4, 1, 0);
    const counts = [0, 0, 0, 0];
    for (const index of sample(() => pickIndex(random, totals))) {
      counts[index] = (counts[index] ?? 0) + 1;
    }
    assert.deepEqual(
      counts.map((count) => Math.round((25 * count) / size)),
      [12, 6, 4, 3],
    );
  });
});

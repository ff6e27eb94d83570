import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitCounts } from '../../../data/generator/fit-counts.ts';
import { GeneratorError } from '../../../data/generator/generator-error.ts';
import { momentsOf } from '../../../data/generator/moments.ts';

const wide = { minimum: 0, maximum: 1_000_000 };

function shown(counts: readonly number[]): { mean: string; standardDeviation: string } {
  const { mean, standardDeviation } = momentsOf(counts);
  return { mean: mean.toFixed(2), standardDeviation: standardDeviation.toFixed(2) };
}

/** Weights that differ, as those of a rhythm do. */
const weights = (least: number, most: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: 0.05, max: 4, noNaN: true }), { minLength: least, maxLength: most });
const hundredths = (least: number, most: number): fc.Arbitrary<number> =>
  fc.integer({ min: least * 100, max: most * 100 }).map((value) => value / 100);

/** None where so many whole counts cannot have these moments, for their sums must be of one parity. */
function fitOrNothing(...given: Parameters<typeof fitCounts>): readonly number[] {
  try {
    return fitCounts(...given).counts;
  } catch (error) {
    assert.ok(error instanceof GeneratorError && error.code === 'moments-impossible', String(error));
    return [];
  }
}

describe('counts with a wanted mean and standard deviation', () => {
  it('moments are those of hand calculation: 2, 4, 4, 6 has mean 4 and sample deviation sqrt(8/3)', () => {
    assert.deepEqual(momentsOf([2, 4, 4, 6]), { mean: 4, standardDeviation: Math.sqrt(8 / 3) });
  });

  it('have both to two decimals for any rhythm and any reachable target, or say that there are none', () => {
    fc.assert(
      fc.property(
        weights(20, 120),
        hundredths(3, 400),
        fc.double({ min: 0.05, max: 1.2, noNaN: true }),
        (given, mean, share) => {
          const standardDeviation = Math.max(0.01, Math.round(mean * share * 100) / 100);
          try {
            const { counts } = fitCounts(given, { mean, standardDeviation }, wide);
            assert.deepEqual(shown(counts), { mean: mean.toFixed(2), standardDeviation: standardDeviation.toFixed(2) });
            assert.ok(counts.every((count) => Number.isInteger(count) && count >= 0));
          } catch (error) {
            assert.ok(error instanceof GeneratorError && error.code === 'moments-impossible', String(error));
          }
        },
      ),
      { seed: 1, numRuns: 60, endOnFailure: true },
    );
  });

  it('never give up where a sum exists and the weights spread: hundred windows and more', () => {
    fc.assert(
      fc.property(
        // Half low, half high, so that the weights can be spread to any deviation up to the mean's size.
        weights(120, 160).map((given) => given.map((weight, index) => weight + (index % 2) * 3)),
        hundredths(5, 300),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        (given, mean, share) => {
          const standardDeviation = Math.round(mean * share * 100) / 100;
          const { counts } = fitCounts(given, { mean, standardDeviation }, wide);
          assert.deepEqual(shown(counts), { mean: mean.toFixed(2), standardDeviation: standardDeviation.toFixed(2) });
        },
      ),
      { seed: 2, numRuns: 40, endOnFailure: true },
    );
  });

  it('keep the rhythm: a busier window has no smaller count, but for single units of adjustment', () => {
    const rising = Array.from({ length: 326 }, (_, index) => 1 + index / 100);
    const { counts } = fitCounts(rising, { mean: 71.17, standardDeviation: 57.8 }, { minimum: 1, maximum: 300 });
    assert.deepEqual(shown(counts), { mean: '71.17', standardDeviation: '57.80' });
    const worstFall = Math.max(...counts.slice(1).map((count, index) => (counts[index] ?? 0) - count));
    assert.ok(worstFall <= 3, `a count falls by ${worstFall} where the weight rises`);
  });

  it('stay within bounds that many of them touch', () => {
    let fitted = 0;
    fc.assert(
      fc.property(
        weights(150, 200),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 3, max: 9 }),
        (given, minimum, tenths) => {
          const bounds = { minimum, maximum: minimum + 10 };
          // 5 is the deviation of counts half at the one bound and half at the other.
          const target = { mean: minimum + 5, standardDeviation: Math.round(50 * tenths) / 100 };
          const counts = fitOrNothing(given, target, bounds);
          fitted += counts.length === 0 ? 0 : 1;
          assert.ok(
            counts.every((count) => count >= bounds.minimum && count <= bounds.maximum),
            counts.join(' '),
          );
        },
      ),
      { seed: 3, numRuns: 60, endOnFailure: true },
    );
    assert.ok(fitted > 50, `${fitted} of 60 targets were reached`);
  });

  const impossible = [
    [
      'a mean that no sum of so few counts has',
      [1, 2, 3, 4],
      { mean: 2.1, standardDeviation: 1 },
      wide,
      /no 4 whole counts have the mean 2.1/,
    ],
    [
      'a deviation between two neighbouring ones',
      [1, 2],
      { mean: 2, standardDeviation: 1 },
      wide,
      /have the standard deviation 1/,
    ],
    [
      'a mean outside the bounds',
      [1, 2, 3, 4],
      { mean: 9, standardDeviation: 1 },
      { minimum: 0, maximum: 8 },
      /outside 0 to 8/,
    ],
    [
      'more spread than the bounds allow',
      [1, 2, 3, 4],
      { mean: 4, standardDeviation: 8 },
      { minimum: 0, maximum: 8 },
      /follow these weights/,
    ],
    [
      'spread from weights that are all alike',
      [1, 1, 1, 1],
      { mean: 4, standardDeviation: 2 },
      wide,
      /follow these weights/,
    ],
    ['a single count', [1], { mean: 4, standardDeviation: 0 }, wide, /no 1 whole counts/],
  ] as const;
  for (const [what, given, target, bounds, message] of impossible) {
    it(`are refused with a reason and a hint: ${what}`, () => {
      assert.throws(() => fitCounts(given, target, bounds), {
        name: 'GeneratorError',
        code: 'moments-impossible',
        message,
        hint: /\w/,
      });
    });
  }
});

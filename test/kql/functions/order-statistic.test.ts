import assert from 'node:assert/strict';
import fc from 'fast-check';
import { orderStatistic } from '../../../src/kql/functions/order-statistic.ts';

describe('Order statistics', () => {
  it('give the value that stands at the position once the numbers are sorted, NaN last', () => {
    const few = fc.integer({ min: 0, max: 5 });
    const number = fc.oneof(few, fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0));
    const numbers = fc.array(number, { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(numbers, fc.nat(), (values, seed) => {
        const position = seed % values.length;
        const sorted = Float64Array.from(values).sort();
        assert.equal(orderStatistic(Float64Array.from(values), position), sorted[position]);
      }),
    );
  });

  it('can be asked for one position after another', () => {
    const numbers = Float64Array.from({ length: 1000 }, (_, index) => (index * 7919) % 1000);
    assert.deepEqual(
      [500, 0, 999, 250].map((position) => orderStatistic(numbers, position)),
      [500, 0, 999, 250],
    );
  });

  it('are quick where every pivot is the worst', () => {
    const equal = new Float64Array(200_000).fill(1);
    const started = performance.now();
    assert.equal(orderStatistic(equal, 100_000), 1);
    assert.ok(performance.now() - started < 2000);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  erf,
  erfc,
  gamma,
  incompleteBeta,
  inverseIncompleteBeta,
  logGamma,
} from '../../../src/kql/functions/special-functions.ts';

const close = (actual: number, expected: number, relative = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);

describe('Special functions', () => {
  it('have the gamma function step by its argument', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (x) => close(gamma(x + 1) / (x * gamma(x)), 1)),
    );
    assert.deepEqual(
      [gamma(5), gamma(171) > 1e306, gamma(172), gamma(-1)],
      [24, true, Number.POSITIVE_INFINITY, Number.NaN],
    );
    close(gamma(-0.5), -2 * Math.sqrt(Math.PI));
    close(logGamma(100), 359.1342053695754);
  });

  it('have the error function and its complement add up to 1 on both sides', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (x) => {
        close(erf(x) + erfc(x), 1);
        close(erf(-x), -erf(x));
      }),
    );
    // Abramowitz and Stegun, table 7.1, and DLMF 7.12 for the tail.
    close(erf(0.5), 0.5204998778130465);
    close(erf(2), 0.9953222650189527);
    close(erfc(5) / 1.5374597944280349e-12, 1);
    assert.deepEqual([erf(Number.POSITIVE_INFINITY), erfc(40), erf(Number.NaN)], [1, 0, Number.NaN]);
  });

  it('have the beta distribution mirror itself, and its inverse lead back', () => {
    const shape = fc.double({ min: 1, max: 50, noNaN: true });
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(share, shape, shape, (x, a, b) => {
        close(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a), 1, 1e-10);
        close(incompleteBeta(inverseIncompleteBeta(x, a, b), a, b), x, 1e-9);
      }),
    );
    close(incompleteBeta(0.3, 1, 1), 0.3);
    close(incompleteBeta(0.5, 2, 3), 11 / 16);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatReal } from '../../../src/kql/values/real.ts';

describe('A real as text', () => {
  it('reads back as the same real', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.equal(Number(formatReal(value)), value);
      }),
    );
  });

  it('shows a fraction or an exponent, so that it cannot be taken for a whole number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        assert.match(formatReal(value), /^-?(\d+\.\d+|\d(\.\d+)?e-?\d+)$/);
      }),
    );
  });

  it('is the shortest one but for about one in a thousand, which Grisu2 does not find', () => {
    // Steps of a prime through the range: the same numbers in every run.
    const wholes = Array.from({ length: 20_000 }, (_, index) => (index * 104_729 * 9_973) % 1_000_000_000);
    const longer = wholes.filter((whole, index) => {
      const value = whole / 10 ** (1 + (index % 8));
      const shortest = String(value);
      return formatReal(value) !== (/[.e]/.test(shortest) ? shortest : `${shortest}.0`);
    });
    assert.ok(longer.length < 40, `${longer.length} of ${wholes.length}`);
    assert.equal(formatReal(256.83399), '256.83398999999999');
  });

  it('keeps the digits that the service leaves unrounded after a long fraction', () => {
    assert.equal(formatReal(0.1 + 0.2), '0.30000000000000007');
  });

  it('changes to an exponent below 10^-6 and from 10^21 on', () => {
    assert.deepEqual([1e-6, 1e-7, 1.25e-9, 1e20, 1e21, 1.5e300].map(formatReal), [
      '0.000001',
      '1e-7',
      '1.25e-9',
      '100000000000000000000.0',
      '1e21',
      '1.5e300',
    ]);
  });

  it('spells what is no number', () => {
    assert.deepEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0].map(formatReal), [
      'NaN',
      'inf',
      '-inf',
      '-0.0',
    ]);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareNumbers } from '../../../src/kql/functions/comparison-loops.ts';

const operators: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const int = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1), fc.integer());
/** What an int may be compared with: also fractions, and numbers that no int is. */
const number = fc.oneof(int, fc.double(), fc.constantFrom(0.5, -0.5, -0, 2 ** 31, -(2 ** 31) - 1, 2 ** 40));

const column = (data: Float64Array | Int32Array) => ({ data, mask: -1, nulls: undefined });
const constant = (value: number) => ({ data: Float64Array.of(value), mask: 0, nulls: undefined });

for (const [operator, holds] of Object.entries(operators)) {
  describe(`The loop of ${operator}`, () => {
    const compare = (
      a: ReturnType<typeof column>,
      b: ReturnType<typeof column>,
      length: number,
    ): readonly boolean[] => {
      // Its room may hold what an earlier batch left.
      const out = new Uint8Array(length).fill(7);
      compareNumbers(operator, a, b, out);
      assert.ok(out.every((byte) => byte <= 1));
      return Array.from(out, (byte) => byte === 1);
    };

    it('compares ints with any number, on either side', () => {
      fc.assert(
        fc.property(fc.array(int), number, (ints, other) => {
          const data = column(Int32Array.from(ints));
          assert.deepEqual(
            compare(data, constant(other), ints.length),
            ints.map((own) => holds(own, other)),
          );
          assert.deepEqual(
            compare(constant(other), data, ints.length),
            ints.map((own) => holds(other, own)),
          );
        }),
      );
    });

    it('compares doubles with a number and with each other', () => {
      fc.assert(
        fc.property(fc.array(fc.tuple(number, number)), number, (pairs, other) => {
          const left = column(Float64Array.from(pairs, ([a]) => a));
          const right = column(Float64Array.from(pairs, ([, b]) => b));
          assert.deepEqual(
            compare(left, constant(other), pairs.length),
            pairs.map(([a]) => holds(a, other)),
          );
          assert.deepEqual(
            compare(left, right, pairs.length),
            pairs.map(([a, b]) => holds(a, b)),
          );
        }),
      );
    });
  });
}

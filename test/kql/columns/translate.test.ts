import assert from 'node:assert/strict';
import { translate } from '../../../src/kql/columns/translate.ts';

describe('Translating codes', () => {
  const numbers = Int32Array.of(10, 11, 12, -1, 14);

  it('writes the numbers of all codes, more and fewer than four at a time', () => {
    for (const length of [0, 1, 3, 4, 5, 8, 11]) {
      const codes = Int32Array.from({ length }, (_, row) => [0, 1, 2, 4][row % 4] as number);
      const target = new Int32Array(length);
      assert.equal(translate(numbers, codes, target, 0), length);
      assert.deepEqual(
        [...target],
        [...codes].map((code) => numbers[code]),
      );
    }
  });

  it('stops at the first code without a number, wherever it stands, and goes on behind it', () => {
    for (let at = 0; at < 9; at++) {
      const codes = new Int32Array(9).fill(1);
      codes[at] = 3;
      const target = new Int32Array(9);
      assert.equal(translate(numbers, codes, target, 0), at);
      assert.equal(translate(numbers, codes, target, at + 1), 9);
      assert.deepEqual(
        [...target],
        [...codes].map((code) => (code === 3 ? 0 : 11)),
      );
    }
  });
});

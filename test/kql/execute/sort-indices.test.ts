import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sortIndices } from '../../../src/kql/execute/sort-indices.ts';

const sorted = (keys: ArrayLike<number>, pauses?: number[]): Promise<Int32Array> =>
  sortIndices(
    keys.length,
    (a, b) => (keys[a] as number) - (keys[b] as number),
    (rows) => {
      pauses?.push(rows);
      return undefined;
    },
  );

describe('sorting rows with pauses', () => {
  it('keeps equal rows in their order', async () => {
    assert.deepEqual([...(await sorted([2, 1, 2, 1, 0]))], [4, 1, 3, 0, 2]);
    assert.deepEqual([...(await sorted([]))], []);
    assert.deepEqual([...(await sorted([5]))], [0]);
  });

  it('is the stable sort of the keys', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 })), async (keys) => {
        const expected = keys.map((_, row) => row).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
        assert.deepEqual([...(await sorted(keys))], expected);
      }),
    );
  });

  it('merges runs: more rows than one run, with many equal keys, come out sorted and stable', async () => {
    const keys = Uint32Array.from({ length: 200_003 }, (_, row) => (row * 7919) % 1009);
    const pauses: number[] = [];
    const order = await sorted(keys, pauses);
    for (let at = 1; at < order.length; at++) {
      const [a, b] = [order[at - 1] as number, order[at] as number];
      const step = (keys[a] as number) - (keys[b] as number);
      assert.ok(step < 0 || (step === 0 && a < b), `rows ${a} and ${b} at ${at}`);
    }
    assert.equal(new Set(order).size, keys.length);
    assert.ok(pauses.length > 6, `it paused ${pauses.length} times`);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prepare, rowsOf, showRow } from './random-table.ts';

/** Conditions on every type, true, false and null for some rows. */
const conditions = [
  'Whole > 1',
  'Long between (0 .. 10)',
  'Real < 100',
  'Time >= datetime(2022-09-30)',
  'Flag',
  'Text has "get"',
  'Text in~ ("A", "b")',
  'Text == "a" or Whole == 404',
  'not(Flag) and isnotnull(Long)',
  'tostring(Bag) contains "a"',
  'Whole / 100 == 4 or Whole == 2',
  'iff(Whole > 1, Text == "a", Real > 0)',
];

const runs = { numRuns: 15 };

describe('where', () => {
  for (const [index, first] of conditions.entries()) {
    const second = conditions[(index * 5 + 1) % conditions.length] as string;
    it(`keeps the same rows for ${first}, then ${second}, as for both in one`, async () => {
      const inTurn = prepare(`T | where ${first} | where ${second}`);
      const atOnce = prepare(`T | where (${first}) and (${second})`);
      const swapped = prepare(`T | where ${second} | where ${first}`);
      await fc.assert(
        fc.asyncProperty(rowsOf(), async (T) => {
          const expected = (await inTurn({ T })).map(showRow);
          assert.deepEqual((await atOnce({ T })).map(showRow), expected);
          assert.deepEqual((await swapped({ T })).map(showRow), expected);
        }),
        runs,
      );
    });
  }

  it('parts the rows by a condition into true, false and null', async () => {
    const all = prepare('T');
    for (const condition of conditions) {
      const parts = [`where ${condition}`, `where not(${condition})`, `where isnull(${condition})`].map((part) =>
        prepare(`T | ${part}`),
      );
      await fc.assert(
        fc.asyncProperty(rowsOf(20), async (T) => {
          const kept = await Promise.all(parts.map((part) => part({ T })));
          assert.deepEqual(kept.flat().map(showRow).sort(), (await all({ T })).map(showRow).sort(), condition);
        }),
        { numRuns: 8 },
      );
    }
  });
});

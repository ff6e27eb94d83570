import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { halve, planSlices, type StepCount, sliceLimits } from '../../../src/logs/workspace/plan-slices.ts';

const HOUR_MS = 3_600_000;
const at = (hour: number): number => Date.parse('2026-03-24T00:00:00Z') + hour * HOUR_MS;
const range = { fromMs: at(0), toMs: at(4) };
const count = (hour: number, rows: number, bytes = 0): StepCount => ({ startMs: at(hour), rows, bytes });
const hours = (counts: readonly StepCount[]): readonly (readonly [number, number])[] =>
  planSlices(range, HOUR_MS, counts).map(({ fromMs, toMs }) => [(fromMs - at(0)) / HOUR_MS, (toMs - at(0)) / HOUR_MS]);

describe('slices of a time range', () => {
  it('are one where all rows fit into one answer, and cover hours without rows', () => {
    assert.deepEqual(hours([]), [[0, 4]]);
    assert.deepEqual(hours([count(1, sliceLimits.rows / 2), count(3, sliceLimits.rows / 2)]), [[0, 4]]);
  });

  it('end before the step with which rows or bytes become too many', () => {
    assert.deepEqual(hours([count(0, 150_000), count(2, 50_001)]), [
      [0, 2],
      [2, 4],
    ]);
    assert.deepEqual(hours([count(0, 1, 20_000_000), count(1, 1, 20_000_000), count(3, 1, 4_000_000)]), [
      [0, 1],
      [1, 4],
    ]);
  });

  it('cut a step with too much into equal parts', () => {
    assert.deepEqual(hours([count(1, 800_000), count(2, 10)]), [
      [0, 1],
      [1, 1.25],
      [1.25, 1.5],
      [1.5, 1.75],
      [1.75, 2],
      [2, 4],
    ]);
  });

  it('follow each other without gap and cover the range, whatever was counted', () => {
    const counts = fc.array(
      fc.record({
        startMs: fc.integer({ min: 0, max: 3 }).map(at),
        rows: fc.nat(2_000_000),
        bytes: fc.nat(300_000_000),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(counts, (given) => {
        const slices = planSlices(range, HOUR_MS, given);
        assert.equal(slices[0]?.fromMs, range.fromMs);
        assert.equal(slices.at(-1)?.toMs, range.toMs);
        for (const [index, { fromMs, toMs }] of slices.entries()) {
          assert.ok(fromMs < toMs);
          if (index > 0) assert.equal(slices[index - 1]?.toMs, fromMs);
        }
      }),
    );
  });

  it('are halved down to a millisecond and no further', () => {
    assert.deepEqual(halve({ fromMs: 10, toMs: 13 }), [
      { fromMs: 10, toMs: 11 },
      { fromMs: 11, toMs: 13 },
    ]);
    assert.equal(halve({ fromMs: 10, toMs: 11 }), undefined);
  });
});

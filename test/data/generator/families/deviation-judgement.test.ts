import assert from 'node:assert/strict';
import { judgeDeviation } from '../../../../data/generator/families/deviation-judgement.ts';

const startMs = Date.parse('2026-06-10T10:20:00Z');
const baseline = { mean: 100, standardDeviation: 20, windows: 36, perAddress: 1 };

function judged(observed: number, changed: Partial<typeof baseline> = {}, isLarge = true) {
  return judgeDeviation({
    rule: 'a-rule',
    startMs,
    key: { Endpoint: 'GET /x' },
    observed,
    baseline: { ...baseline, ...changed },
    isLarge,
    thresholds: { deviations: 6, minimumBaselineWindows: 36 },
  });
}

describe('the judgement of a deviation', () => {
  it('is above the threshold at six deviations and not at 5.95, with 36 windows and not with 35', () => {
    assert.equal(judged(220).isAbove, true);
    assert.equal(judged(219).isAbove, false);
    assert.equal(judged(220, { windows: 35 }).isAbove, false);
    assert.equal(judged(220, {}, false).isAbove, false);
  });

  it('names the run, the window and the figures as an alert shows them', () => {
    assert.deepEqual(judged(219).detection, {
      rule: 'a-rule',
      runAt: '2026-06-10T11:00:00.0000000Z',
      windowStart: '2026-06-10T10:20:00.0000000Z',
      key: { Endpoint: 'GET /x' },
      figures: { Observed: 219, Mean: 100, StandardDeviation: 20, Deviation: 5.95, BaselineWindows: 36 },
    });
  });

  it('is above it without any spread, and then names no deviation', () => {
    const { isAbove, detection } = judged(101, { standardDeviation: 0 });
    assert.equal(isAbove, true);
    assert.deepEqual(Object.keys(detection.figures), ['Observed', 'Mean', 'StandardDeviation', 'BaselineWindows']);
  });
});

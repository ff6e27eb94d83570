import assert from 'node:assert/strict';
import { judgeDeviation } from '../../../../data/generator/families/deviation-judgement.ts';
import { counted, type ThresholdMeasure } from '../../../../data/generator/families/threshold-measure.ts';

const startMs = Date.parse('2026-06-10T10:20:00Z');
const baseline = { mean: 100, standardDeviation: 20, windows: 36, perAddress: 1 };

function judged(observed: number, changed: Partial<typeof baseline> = {}, amounts: readonly ThresholdMeasure[] = []) {
  return judgeDeviation({
    rule: 'a-rule',
    startMs,
    key: { Endpoint: 'GET /x' },
    observed,
    baseline: { ...baseline, ...changed },
    amounts,
    thresholds: { deviations: 6, minimumBaselineWindows: 36 },
  });
}

describe('the judgement of a deviation', () => {
  it('is above the threshold at six deviations and not at 5.95, with 36 windows and not with 35', () => {
    assert.equal(judged(221).level, 'above');
    assert.equal(judged(219).level, 'below');
    assert.equal(judged(221, { windows: 35 }).level, 'below');
    assert.equal(judged(221, {}, [counted(199, 200, 'calls')]).level, 'below');
  });

  it('is at the threshold where one fewer would be below it, by whatever the rule asks for', () => {
    assert.equal(judged(220).level, 'at');
    assert.equal(judged(220.9).level, 'at');
    assert.equal(judged(300, {}, [counted(200, 200, 'calls')]).level, 'at');
    assert.equal(judged(300, {}, [counted(201, 200, 'calls')]).level, 'above');
    // How long the baseline is says nothing about an attack.
    assert.equal(judged(300, { windows: 36 }).level, 'above');
  });

  it('says what a window lacks, rounded down, each thing that the rule asks for', () => {
    assert.deepEqual(judged(219.999, {}, [counted(9, 10, 'addresses')]).lacks, [
      '9 of 10 addresses',
      '5.99 of 6 standard deviations',
    ]);
    assert.deepEqual(judged(219, { windows: 35, mean: Number.NaN }).lacks, ['35 of 36 active windows before it']);
    assert.deepEqual(judged(220).lacks, []);
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
    const { level, detection } = judged(102, { standardDeviation: 0 });
    assert.equal(level, 'above');
    assert.deepEqual(Object.keys(detection.figures), ['Observed', 'Mean', 'StandardDeviation', 'BaselineWindows']);
  });
});

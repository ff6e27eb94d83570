import { strict as assert } from 'node:assert';
import type { Measurement } from '../../src/calibrate/measure-setting.ts';
import { recommend } from '../../src/calibrate/recommend.ts';
import type { Sweep } from '../../src/calibrate/sweep.ts';

/** A sweep of one parameter from 1 on, with the recall and the false alerts of each of its values. */
function sweepOf(points: readonly (readonly [recall: number, falseAlerts: number])[]) {
  const values = points.map((_, index) => index + 1);
  const settings = values.map((limit) => ({ limit }));
  const sweep: Sweep = { axes: [{ parameter: 'limit', values }], settings };
  const measurements = points.map(([recall, falseAlerts], index): Measurement => {
    const trueAlerts = recall * 10;
    const alerts = trueAlerts + falseAlerts;
    const precision = alerts === 0 ? 1 : trueAlerts / alerts;
    return {
      setting: { limit: index + 1 },
      alerts,
      falseAlerts,
      precision,
      recall,
      f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
      alertsPerDay: alerts,
      medianDelayMs: undefined,
      longestDelayMs: undefined,
    };
  });
  return { sweep, measurements };
}

const choose = (points: Parameters<typeof sweepOf>[0], criterion: Parameters<typeof recommend>[3], current = 1) => {
  const { sweep, measurements } = sweepOf(points);
  const { measurement, asGood, marginSteps } = recommend(sweep, measurements, { limit: current }, criterion);
  return { limit: measurement.setting.limit, asGood, marginSteps };
};

describe('a recommendation', () => {
  const curve = [
    [1, 40],
    [1, 10],
    [1, 0],
    [1, 0],
    [1, 0],
    [0.5, 0],
    [0, 0],
  ] as const;

  it('is the setting of the highest precision at full recall, in the middle of those as good', () => {
    assert.deepEqual(choose(curve, 'full-recall'), { limit: 4, asGood: 3, marginSteps: 1 });
  });

  it('does not trade a detection for precision, unless the criterion does', () => {
    const trade = [
      [1, 30],
      [0.9, 0],
    ] as const;
    assert.equal(choose(trade, 'full-recall').limit, 1);
    assert.equal(choose(trade, 'f1').limit, 2);
    assert.equal(choose(trade, 'quiet').limit, 2);
  });

  it('takes the highest recall that is reached where nothing reaches all', () => {
    const low = [
      [0.5, 9],
      [0.5, 3],
      [0.2, 0],
    ] as const;
    assert.equal(choose(low, 'full-recall').limit, 2);
  });

  it('is quiet only with what it still detects', () => {
    assert.equal(choose(curve, 'quiet').limit, 4);
  });

  it('stays nearest to the current setting where the margins are equal', () => {
    const flat = [1, 2, 3, 4].map(() => [1, 0] as const);
    assert.deepEqual(choose(flat, 'full-recall', 2), { limit: 2, asGood: 4, marginSteps: 1 });
    assert.deepEqual(choose(flat, 'full-recall', 4), { limit: 3, asGood: 4, marginSteps: 1 });
  });

  it('measures the margin in the narrowest direction of all parameters', () => {
    const axes = [
      { parameter: 'a', values: [1, 2, 3, 4, 5] },
      { parameter: 'b', values: [1, 2, 3] },
      { parameter: 'fixed', values: [9] },
    ];
    const settings = axes[0]?.values.flatMap((a) => [1, 2, 3].map((b) => ({ a, b, fixed: 9 }))) ?? [];
    const measurements = settings.map((setting) => ({
      ...(sweepOf([[1, setting.b === 3 && setting.a > 3 ? 5 : 0]]).measurements[0] as Measurement),
      setting,
    }));
    const chosen = recommend({ axes, settings }, measurements, { a: 1, b: 1, fixed: 9 }, 'full-recall');
    assert.deepEqual(
      [chosen.measurement.setting, chosen.asGood, chosen.marginSteps],
      [{ a: 2, b: 2, fixed: 9 }, 13, 1],
    );
  });
});

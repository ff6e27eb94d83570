import { strict as assert } from 'node:assert';
import { planSweep } from '../../src/calibrate/sweep.ts';
import { decimalNumber, wholeNumber } from '../../src/content/define-rule.ts';

const parameters = {
  deviations: decimalNumber(6, 'standard deviations above the mean'),
  minimumCalls: wholeNumber(3, 'calls in a window', 2),
};
const current = { deviations: 6, minimumCalls: 3 };

const axesOf = (asked: Readonly<Record<string, string>>) =>
  planSweep(parameters, current, new Map(Object.entries(asked))).axes.map(({ values }) => values);

const refuses = (asked: Readonly<Record<string, string>>, code: string, message: RegExp, hint: RegExp) =>
  assert.throws(
    () => axesOf(asked),
    (error: unknown) => {
      const { code: actual, message: said, hint: advice } = error as Record<string, unknown>;
      assert.equal(actual, code);
      assert.match(String(said), message);
      assert.match(String(advice), hint);
      return true;
    },
  );

describe('a sweep', () => {
  it('goes from half of the current value to twice, whole and never below the minimum of the parameter', () => {
    assert.deepEqual(axesOf({}), [
      [3, 4.5, 6, 9, 12],
      [2, 3, 5, 6],
    ]);
  });

  it('keeps every parameter that is not asked for at its current value', () => {
    assert.deepEqual(axesOf({ minimumCalls: '10, 5,7' }), [[6], [5, 7, 10]]);
  });

  it('reads lists, ranges and ranges with a step, both ends included, without what binary fractions add', () => {
    assert.deepEqual(axesOf({ deviations: '1..2/0.1' })[0], [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2]);
    assert.deepEqual(axesOf({ minimumCalls: '2..4,9' })[1], [2, 3, 4, 9]);
    assert.deepEqual(axesOf({ minimumCalls: '2..9/3' })[1], [2, 5, 8]);
  });

  it('tries every combination, the last parameter changing first', () => {
    const { settings } = planSweep(
      parameters,
      current,
      new Map([
        ['deviations', '5,6'],
        ['minimumCalls', '2,3'],
      ]),
    );
    assert.deepEqual(settings, [
      { deviations: 5, minimumCalls: 2 },
      { deviations: 5, minimumCalls: 3 },
      { deviations: 6, minimumCalls: 2 },
      { deviations: 6, minimumCalls: 3 },
    ]);
  });

  it('refuses what the rule could not run with', () => {
    refuses({ calls: '5' }, 'sweep-parameter', /no parameter 'calls'/, /deviations, minimumCalls/);
    refuses({ minimumCalls: '1' }, 'sweep-values', /1 cannot be used/, /whole numbers of at least 2/);
    refuses({ minimumCalls: '2.5' }, 'sweep-values', /2.5 cannot be used/, /whole numbers/);
    refuses({ deviations: 'many' }, 'sweep-values', /'many' are no values/, /deviations=3,4,5/);
    refuses({ deviations: '5..3' }, 'sweep-values', /no values/, /deviations=3,4,5/);
    refuses({ deviations: '1..5/0' }, 'sweep-values', /no values/, /deviations=3,4,5/);
    refuses({ deviations: '0..99/0.1', minimumCalls: '2..99' }, 'sweep-size', /97118 combinations/, /at most 10000/);
  });

  it('refuses a rule that has nothing to try', () => {
    assert.throws(() => planSweep({}, {}, new Map()), { code: 'no-parameters' });
  });
});

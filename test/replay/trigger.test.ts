import assert from 'node:assert/strict';
import { isTriggered } from '../../src/replay/trigger.ts';

describe('the trigger of a rule', () => {
  const cases = [
    // operator, threshold, results below, at and above the threshold
    ['GreaterThan', 3, [false, false, true]],
    ['LessThan', 3, [true, false, false]],
    ['Equal', 3, [false, true, false]],
    ['NotEqual', 3, [true, false, true]],
  ] as const;
  for (const [operator, threshold, expected] of cases) {
    it(`${operator} ${threshold}: 2, 3 and 4 results`, () => {
      assert.deepEqual(
        [2, 3, 4].map((count) => isTriggered(operator, threshold, count)),
        expected,
      );
    });
  }

  it('GreaterThan 0 needs one result, and Equal 0 none', () => {
    assert.deepEqual(
      [0, 1].map((count) => isTriggered('GreaterThan', 0, count)),
      [false, true],
    );
    assert.deepEqual(
      [0, 1].map((count) => isTriggered('Equal', 0, count)),
      [true, false],
    );
  });
});

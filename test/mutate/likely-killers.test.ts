import { strict as assert } from 'node:assert';
import type { Verdict } from '../../src/mutate/judge-mutants.ts';
import { likelyKillers } from '../../src/mutate/likely-killers.ts';

const verdicts = (killers: string): readonly Verdict[] =>
  [...killers].map((name) => (name === '-' ? { status: 'passes' } : { status: 'fails', scenario: name }));

describe('the scenarios that are tried first', () => {
  const cases: readonly (readonly [what: string, killers: string, first: readonly string[]])[] = [
    ['none before anything is killed', '--', []],
    ['those that killed more', 'a-bb', ['b', 'a']],
    ['of equal counts the one that killed first', 'abba', ['a', 'b']],
  ];
  for (const [what, killers, first] of cases) {
    it(`are ${what}`, () => {
      assert.deepEqual(likelyKillers(verdicts(killers)), first);
    });
  }
});

import { strict as assert } from 'node:assert';
import type { RuleMutations } from '../../src/mutate/mutation-report.ts';
import { formatScorePage, staleRules } from '../../src/mutate/score-page.ts';
import { mutantWith } from './fixtures.ts';

const busy: RuleMutations = {
  slug: 'busy',
  file: 'rules/busy.yaml',
  text: '',
  mutants: [
    mutantWith({ status: 'killed', by: 'fires' }),
    mutantWith({ status: 'killed', by: 'fires' }),
    mutantWith({ status: 'survived' }, { mutation: 'where-dropped', original: 'A | B `c`', replacement: '' }),
    mutantWith({ status: 'equivalent', reason: 'It is so.' }),
    mutantWith({ status: 'invalid', reason: 'no such column' }),
  ],
};
const judgedBy = [{ slug: 'busy', scenarios: 7, digest: '0123456789abcdef' }];
const page = formatScorePage([busy], judgedBy);
const lines = page.split('\n');

describe('the page of mutation scores', () => {
  it('has the counts of each rule with its scenarios, and of each kind of mistake', () => {
    assert.ok(lines.includes('| busy | 7 | 5 | 2 | 1 | 1 | 1 | 66.6 % |'));
    assert.ok(lines.includes('| all | 7 | 5 | 2 | 1 | 1 | 1 | 66.6 % |'));
    assert.match(page, /^\| comparison-flipped \| [^|]+ \| 4 \| 2 \| 0 \| 1 \| 1 \| 100 % \|$/m);
    assert.match(page, /^\| join-kind-changed \| [^|]+ \| 0 \| 0 \| 0 \| 0 \| 0 \| - \|$/m);
  });

  it('lists what is not killed with its reason; a bar or a backtick in a query does not break the table', () => {
    assert.ok(lines.includes("| busy | where-dropped | `A \\| B 'c'` | (left out) |  |"));
    assert.ok(lines.includes('| busy | comparison-flipped | `Calls >= 3` | `Calls > 3` | It is so. |'));
    assert.ok(lines.includes('| busy | comparison-flipped | `Calls >= 3` | `Calls > 3` | no such column |'));
  });

  it('says that nothing survived where nothing did', () => {
    const all = { ...busy, mutants: busy.mutants.slice(0, 2) };
    assert.match(formatScorePage([all], judgedBy), /## Survivors\n\nEvery mutant that could be killed is killed\.\n/);
  });

  it('is stale for a rule that has changed, is new or is no more, and for no other', () => {
    const calm = { slug: 'calm', scenarios: 1, digest: 'fedcba9876543210' };
    assert.deepEqual(staleRules(page, judgedBy), []);
    assert.deepEqual(staleRules(page, [{ slug: 'busy', scenarios: 7, digest: '1123456789abcdef' }]), ['busy']);
    assert.deepEqual(staleRules(page, [...judgedBy, calm]), ['calm']);
    assert.deepEqual(staleRules(page, []), ['busy']);
    assert.deepEqual(staleRules('', [calm, ...judgedBy]), ['busy', 'calm']);
  });
});

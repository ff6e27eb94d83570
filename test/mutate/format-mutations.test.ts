import { strict as assert } from 'node:assert';
import { formatMutations } from '../../src/mutate/format-mutations.ts';
import type { MutantFate } from '../../src/mutate/mutant.ts';
import { MutateError } from '../../src/mutate/mutate-error.ts';
import { countMutants, type RuleMutations, rulesBelow } from '../../src/mutate/mutation-report.ts';
import { formatMutationsJson } from '../../src/mutate/mutations-json.ts';
import { mutantWith } from './fixtures.ts';

const killed: MutantFate = { status: 'killed', by: 'fires' };
const survived: MutantFate = { status: 'survived' };
const rules: readonly RuleMutations[] = [
  {
    slug: 'busy',
    file: 'rules/busy.yaml',
    text: 'query: |\n  Requests\n  | where Calls >= 3\n',
    mutants: [
      mutantWith(survived),
      mutantWith(survived, {
        mutation: 'where-dropped',
        column: 3,
        original: 'where Calls >= 3',
        replacement: '',
        occurrence: 2,
      }),
      mutantWith(killed),
      mutantWith({ status: 'equivalent', reason: 'the same' }),
      mutantWith({ status: 'invalid', reason: 'binds no more' }),
    ],
  },
  { slug: 'calm', file: 'rules/calm.yaml', text: '', mutants: [mutantWith(killed), mutantWith(killed)] },
];

describe('the outcome of mutation testing', () => {
  it('is a score of what could be killed: invalid and equivalent mutants count on neither side', () => {
    const [busy, calm] = rules.map(({ mutants }) => countMutants(mutants));
    assert.deepEqual(busy, { mutants: 5, killed: 1, survived: 2, equivalent: 1, invalid: 1, score: 100 / 3 });
    assert.equal(calm?.score, 100);
    assert.equal(countMutants([mutantWith({ status: 'invalid', reason: '' })]).score, 100);
  });

  it('fails rules below the minimum, and not a rule exactly on it', () => {
    assert.deepEqual(
      rulesBelow(rules, 95).map(({ slug }) => slug),
      ['busy'],
    );
    assert.deepEqual(rulesBelow(rules, 100 / 3), []);
  });

  it('shows each survivor in its file, with a mark under what changes', () => {
    assert.equal(
      formatMutations({ rules, problems: [] }, 95),
      `rule   mutants  killed  survived  equivalent  invalid    score
busy         5       1         2           1        1   33.3 %
calm         2       2         0           0        0  100.0 %
total        7       3         2           1        1   60.0 %

No scenario tells these mutants from their rule:

rules/busy.yaml:3:9: comparison-flipped
  3 |   | where Calls >= 3
              ^^^^^^^^^^
  Calls >= 3  →  Calls > 3

rules/busy.yaml:3:3: where-dropped
  3 |   | where Calls >= 3
        ^^^^^^^^^^^^^^^^
  where Calls >= 3  →  (left out)  (occurrence 2)

Below 95.0 %: busy. Write a scenario that fails on the mutant, or declare it in equivalent-mutants.yaml beside the scenarios and say why.
`,
    );
  });

  it('rounds a score down: 94.99 % is not shown as the 95.0 % that it misses', () => {
    const mutants = [...Array(9499).fill(mutantWith(killed)), ...Array(501).fill(mutantWith(survived))];
    const text = formatMutations({ rules: [{ slug: 'a', file: 'a.yaml', text: '', mutants }], problems: [] }, 0);
    assert.match(text, /94\.9 %/);
  });

  it('says why nobody can tell, where the engine cannot run a mutant', () => {
    const fate = { status: 'survived', reason: 'the engine cannot run it: limit: too many rows' } as const;
    const rule = { slug: 'a', file: 'a.yaml', text: 'query: x', mutants: [mutantWith(fate, { line: 1, column: 1 })] };
    assert.match(
      formatMutations({ rules: [rule], problems: [] }, 0),
      /\n {2}the engine cannot run it: limit: too many/,
    );
  });

  it('tells what keeps a rule from a score beside the scores of the others, and does not pass', () => {
    const hint = 'correct it first: npm run -s pack -- test late';
    const problem = new MutateError('rule-fails', 'fails its scenario fires', { file: 'rules/late.yaml', hint });
    const mutated = { rules: rules.slice(1), problems: [problem] };
    assert.equal(
      formatMutations(mutated, 95),
      `rule  mutants  killed  survived  equivalent  invalid    score
calm        2       2         0           0        0  100.0 %

rules/late.yaml: error: fails its scenario fires
    ${hint}
`,
    );
    const { passed, problems } = JSON.parse(formatMutationsJson(mutated, 95));
    assert.equal(passed, false);
    assert.deepEqual(problems, [
      { code: 'rule-fails', message: 'fails its scenario fires', file: 'rules/late.yaml', hint },
    ]);
  });

  it('shows hostile characters of a query as escapes', () => {
    const rule = {
      slug: 'a',
      file: 'a.yaml',
      text: 'query: x\u001b[2J',
      mutants: [mutantWith(survived, { line: 1, column: 1 })],
    };
    const text = formatMutations({ rules: [rule], problems: [] }, 0);
    assert.ok(!text.includes('\u001b'));
  });

  it('is, for programs, every mutant with its fate, its place and no text of rules', () => {
    const document = JSON.parse(formatMutationsJson({ rules, problems: [] }, 95));
    assert.deepEqual(
      { ...document, rules: document.rules.map((rule: { slug: string }) => rule.slug) },
      {
        minimum: 95,
        passed: false,
        total: { mutants: 7, killed: 3, survived: 2, equivalent: 1, invalid: 1, score: 60 },
        rules: ['busy', 'calm'],
        problems: [],
      },
    );
    assert.deepEqual(document.rules[0].mutants[2], {
      mutation: 'comparison-flipped',
      line: 3,
      column: 9,
      text: 'Calls >= 3',
      replacement: 'Calls > 3',
      occurrence: 1,
      status: 'killed',
      by: 'fires',
    });
  });
});

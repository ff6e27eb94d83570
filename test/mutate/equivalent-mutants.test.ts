import { strict as assert } from 'node:assert';
import { declareEquivalents } from '../../src/mutate/declare-equivalents.ts';
import { readEquivalentMutants } from '../../src/mutate/equivalent-mutants.ts';
import type { JudgedMutant, MutantFate } from '../../src/mutate/mutant.ts';
import { countMutants } from '../../src/mutate/mutation-report.ts';

const file = 'data/scenarios/busy/equivalent-mutants.yaml';
const survived: MutantFate = { status: 'survived' };

const mutant = (original: string, replacement: string, fate: MutantFate = survived, occurrence = 1): JudgedMutant => ({
  mutation: 'comparison-flipped',
  line: 12,
  column: 5,
  original,
  replacement,
  occurrence,
  ruleText: '',
  fate,
});

const entry = (lines: string): string => `- mutation: comparison-flipped\n${lines.replace(/^/gm, '  ')}\n`;
const reason = 'reason: The service cuts the table at the same time.';

const declare = (mutants: readonly JudgedMutant[], text: string): readonly JudgedMutant[] =>
  declareEquivalents(mutants, readEquivalentMutants(text, file), file);

const refusal = (code: string, line: number, message: RegExp, hint: RegExp) => (error: unknown) => {
  const { code: actual, line: at, file: where, message: said, hint: advice } = error as Record<string, unknown>;
  assert.deepEqual({ code: actual, file: where, line: at }, { code, file, line });
  assert.match(String(said), message);
  assert.match(String(advice), hint);
  return true;
};

describe('equivalent mutants', () => {
  const early = mutant('Time >= ago(14d)', 'Time > ago(14d)');
  const count = mutant('Calls >= 3', 'Calls > 3', { status: 'killed', by: 'fires-at-three' });
  const other = mutant('Bytes >= 5', 'Bytes > 5');

  it('leave the score: of two survivors and one killed, one declared makes 50 %', () => {
    const declared = declare([early, count, other], entry(`text: Time >= ago(14d)\n${reason}`));
    assert.deepEqual(
      declared.map(({ fate }) => fate),
      [{ status: 'equivalent', reason: 'The service cuts the table at the same time.' }, count.fate, survived],
    );
    const counts = { mutants: 3, killed: 1, survived: 1, equivalent: 1, invalid: 0, score: 50 };
    assert.deepEqual(countMutants(declared), counts);
  });

  it('are refused where no mutant has the text: the rule has changed', () => {
    assert.throws(
      () => declare([early], `# one\n${entry(`text: Time >= ago(7d)\n${reason}`)}`),
      refusal('equivalents-unmatched', 2, /no comparison-flipped changes 'Time >= ago\(7d\)'/, /remove the entry/),
    );
  });

  it('are refused where a scenario kills the mutant: it is none', () => {
    assert.throws(
      () => declare([count], entry(`text: Calls >= 3\n${reason}`)),
      refusal('equivalents-unmatched', 1, /is no equivalent: fires-at-three tells it/, /remove/),
    );
  });

  it('are refused where the mutant is invalid and not counted anyway', () => {
    const invalid = mutant('A >= B', 'A > B', { status: 'invalid', reason: 'no column B' });
    assert.throws(
      () => declare([invalid], entry(`text: A >= B\n${reason}`)),
      refusal('equivalents-unmatched', 1, /not counted anyway: no column B/, /remove/),
    );
  });

  it('have to say which replacement they mean where there are two', () => {
    const two = [mutant('avg(Calls)', 'max(Calls)'), mutant('avg(Calls)', 'stdev(Calls)')];
    assert.throws(
      () => declare(two, entry(`text: avg(Calls)\n${reason}`)),
      refusal('equivalents-ambiguous', 1, /fits 2 mutants/, /replacement .*max\(Calls\).*stdev\(Calls\)/),
    );
    const declared = declare(two, entry(`text: avg(Calls)\nreplacement: stdev(Calls)\n${reason}`));
    assert.deepEqual(
      declared.map(({ fate }) => fate.status),
      ['survived', 'equivalent'],
    );
  });

  it('have to say which places they mean where the text stands in several, and mean those only', () => {
    const places = [1, 2, 3].map((occurrence) => mutant('isempty(Id)', 'isnotempty(Id)', survived, occurrence));
    assert.throws(
      () => declare(places, entry(`text: isempty(Id)\n${reason}`)),
      refusal('equivalents-ambiguous', 1, /fits 3 mutants/, /occurrences/),
    );
    const declared = declare(places, entry(`text: isempty(Id)\noccurrences: [1, 3]\n${reason}`));
    assert.deepEqual(
      declared.map(({ fate }) => fate.status),
      ['equivalent', 'survived', 'equivalent'],
    );
    assert.throws(
      () => declare(places, entry(`text: isempty(Id)\noccurrences: [4]\n${reason}`)),
      refusal('equivalents-unmatched', 1, /no place 4/, /remove/),
    );
  });

  it('are refused where two entries declare one mutant', () => {
    const twice = entry(`text: Time >= ago(14d)\n${reason}`).repeat(2);
    assert.throws(() => declare([early], twice), refusal('equivalents-ambiguous', 4, /declared twice/, /remove one/));
  });

  it('are refused where the mutation is unknown, a key is, or the reason is missing or says nothing', () => {
    const read = (text: string) => () => readEquivalentMutants(text, file);
    const unknown = `- mutation: comparison\n  text: a\n  ${reason}\n`;
    assert.throws(read(unknown), refusal('equivalents-mutation', 1, /no mutation 'comparison'/, /comparison-flipped/));
    assert.throws(read(entry(`text: a\n${reason}\nwhy: b`)), refusal('equivalents-shape', 1, /why/, /reason/));
    assert.throws(read(entry('text: a')), refusal('equivalents-shape', 1, /reason/, /reason/));
    assert.throws(read(entry('text: a\nreason: because')), refusal('equivalents-shape', 3, /reason/, /reason/));
    assert.throws(read('- mutation: "a'), refusal('equivalents-syntax', 1, /no YAML/, /correct/));
  });

  it('may be none: an empty file declares nothing', () => {
    assert.deepEqual(readEquivalentMutants('', file), []);
    assert.deepEqual(readEquivalentMutants('# nothing yet\n', file), []);
  });
});

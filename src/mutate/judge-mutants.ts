import { likelyKillers } from './likely-killers.ts';
import type { JudgedMutant, Mutant, MutantFate } from './mutant.ts';

/** What the scenarios of a rule say about a changed rule: the first that fails, or none, or that nothing can be said. */
export type Verdict =
  /** `failure`: its query fails in a run of the scenario, which Sentinel would only see there too. */
  | { readonly status: 'fails'; readonly scenario: string; readonly failure?: string }
  | { readonly status: 'passes' }
  /** Sentinel would not save it. */
  | { readonly status: 'rejected'; readonly reason: string }
  /** Sentinel would run it, and the engine cannot. */
  | { readonly status: 'unable'; readonly reason: string };

/**
 * Runs the scenarios of a rule on a changed text of it and stops at the first that fails.
 * @param first names of scenarios that are tried before the others, in this order
 */
export type Judge = (ruleText: string, first: readonly string[]) => Promise<Verdict>;

/** What the verdict on a mutant makes of it, before anybody declares it equivalent. */
export function fateOf(verdict: Verdict): MutantFate {
  switch (verdict.status) {
    case 'fails': {
      const { scenario: by, failure } = verdict;
      return failure === undefined ? { status: 'killed', by } : { status: 'killed', by, failure };
    }
    case 'passes':
      return { status: 'survived' };
    case 'rejected':
      return { status: 'invalid', reason: verdict.reason };
    case 'unable':
      // Nothing has been shown, so it counts against the rule.
      return { status: 'survived', reason: `the engine cannot run it: ${verdict.reason}` };
    default:
      return verdict satisfies never;
  }
}

/**
 * Which verdicts decide about the order of a mutant's scenarios: those on the mutants this many places before it and
 * earlier. They are there by then, so that nobody waits, and the order, and with it the killer that is named, is the
 * same with one judge and with many.
 */
const LAG = 8;

export type JudgeOptions = {
  readonly onJudged?: ((done: number) => void) | undefined;
  /** Ends the work after the mutants that are being judged; the rest is rejected with its reason. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Judges mutants with as many judges at once as are given; each judges one mutant at a time. The result is in the order
 * of the mutants, whoever was faster.
 */
export async function judgeMutants(
  mutants: readonly Mutant[],
  judges: readonly Judge[],
  { onJudged = () => undefined, signal }: JudgeOptions = {},
): Promise<readonly JudgedMutant[]> {
  const verdicts: Promise<Verdict>[] = [];
  let done = 0;
  const judgeOne = async (judge: Judge, index: number): Promise<Verdict> => {
    const known = await Promise.all(verdicts.slice(0, Math.max(0, index - LAG)));
    signal?.throwIfAborted();
    const verdict = await judge((mutants[index] as Mutant).ruleText, likelyKillers(known));
    onJudged(++done);
    return verdict;
  };
  const work = async (judge: Judge): Promise<void> => {
    while (verdicts.length < mutants.length) {
      const verdict = judgeOne(judge, verdicts.length);
      verdicts.push(verdict);
      await verdict;
    }
  };
  await Promise.all(judges.map(work));
  const judged = await Promise.all(verdicts);
  return judged.map((verdict, index) => ({ ...(mutants[index] as Mutant), fate: fateOf(verdict) }));
}

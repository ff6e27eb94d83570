import type { JudgedMutant, Mutant, MutantFate } from './mutant.ts';

/** What the scenarios of a rule say about a changed rule: the first that fails, or none, or that it is no rule. */
export type Verdict =
  | { readonly status: 'fails'; readonly scenario: string }
  | { readonly status: 'passes' }
  | { readonly status: 'rejected'; readonly reason: string };

/** Runs the scenarios of a rule on a changed text of it, and stops at the first that fails. */
export type Judge = (ruleText: string) => Promise<Verdict>;

/** What the verdict on a mutant makes of it, before anybody declares it equivalent. */
export function fateOf(verdict: Verdict): MutantFate {
  switch (verdict.status) {
    case 'fails':
      return { status: 'killed', by: verdict.scenario };
    case 'passes':
      return { status: 'survived' };
    case 'rejected':
      return { status: 'invalid', reason: verdict.reason };
    default:
      return verdict satisfies never;
  }
}

/**
 * Judges mutants with as many judges at once as are given; each judges one mutant at a time. The result is in the order
 * of the mutants, whoever was faster.
 */
export async function judgeMutants(
  mutants: readonly Mutant[],
  judges: readonly Judge[],
  onJudged: (done: number) => void = () => undefined,
): Promise<readonly JudgedMutant[]> {
  const judged: JudgedMutant[] = new Array(mutants.length);
  let next = 0;
  let done = 0;
  const work = async (judge: Judge): Promise<void> => {
    for (let index = next++; index < mutants.length; index = next++) {
      const mutant = mutants[index] as Mutant;
      judged[index] = { ...mutant, fate: fateOf(await judge(mutant.ruleText)) };
      onJudged(++done);
    }
  };
  await Promise.all(judges.map(work));
  return judged;
}

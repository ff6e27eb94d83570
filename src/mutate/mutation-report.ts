import type { JudgedMutant } from './mutant.ts';
import type { MutateError } from './mutate-error.ts';

/** The mutants of one rule with their fates, in the order of its file. */
export type RuleMutations = {
  readonly slug: string;
  readonly file: string;
  /** The text of the file. */
  readonly text: string;
  readonly mutants: readonly JudgedMutant[];
};

/** What became of several rules, in the order of their slugs. */
export type Mutated = {
  readonly rules: readonly RuleMutations[];
  /** Of rules about which nothing can be said, one each: they have no score. */
  readonly problems: readonly MutateError[];
};

export type MutationCounts = {
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
  readonly equivalent: number;
  readonly invalid: number;
  /** Killed of all that could be, in percent: killed / (mutants - invalid - equivalent). 100 where there is none. */
  readonly score: number;
};

export function countMutants(mutants: readonly JudgedMutant[]): MutationCounts {
  const counts = { killed: 0, survived: 0, equivalent: 0, invalid: 0 };
  for (const { fate } of mutants) counts[fate.status]++;
  const countable = counts.killed + counts.survived;
  return { mutants: mutants.length, ...counts, score: countable === 0 ? 100 : (100 * counts.killed) / countable };
}

/** The counts of all rules together. */
export const countAll = (rules: readonly RuleMutations[]): MutationCounts =>
  countMutants(rules.flatMap(({ mutants }) => mutants));

/** The rules whose score is below the minimum, in percent. */
export const rulesBelow = (rules: readonly RuleMutations[], minimum: number): readonly RuleMutations[] =>
  rules.filter(({ mutants }) => countMutants(mutants).score < minimum);

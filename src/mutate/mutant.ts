/** A rule with one mistake in it. */
export type Mutant = {
  /** The row of the registry that made it. */
  readonly mutation: string;
  /** Where the change stands in the rule's file; line and column are counted from 1. */
  readonly line: number;
  readonly column: number;
  /** What is changed and what it becomes, on one line; an empty replacement means that it is left out. */
  readonly original: string;
  readonly replacement: string;
  /** Which of the mutants of equal mutation, original and replacement it is, in the order of the file, from 1. */
  readonly occurrence: number;
  /** The whole mutated rule. */
  readonly ruleText: string;
};

/** What became of a mutant. */
export type MutantFate =
  /** `failure`: what its query fails with in a run of the scenario, where that is how it was killed. */
  | { readonly status: 'killed'; readonly by: string; readonly failure?: string }
  /** `reason`: why nobody could tell, where no scenario could be run on it. */
  | { readonly status: 'survived'; readonly reason?: string }
  | { readonly status: 'equivalent'; readonly reason: string }
  | { readonly status: 'invalid'; readonly reason: string };

export type JudgedMutant = Mutant & { readonly fate: MutantFate };

import type { Plan } from './plan.ts';

/** One of the tables that a query gives: each tabular statement gives one, fork and facet give several. */
export type ResultPlan = {
  /** The name that a branch of fork, or a column of facet, gives it. */
  readonly name: string | undefined;
  readonly plan: Plan;
};

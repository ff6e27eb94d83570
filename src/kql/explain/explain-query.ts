import type { Catalog } from '../catalog.ts';
import type { Plan } from '../plan/plan.ts';
import { expressionsOf, inputsOf, subqueriesOf } from '../plan/walk-plan.ts';
import type { QueryOptions } from '../query-context.ts';
import { type QueryResult, runQuery } from '../run-query.ts';
import { describePlan } from './describe-plan.ts';
import { Profile } from './profile.ts';

/** An operator of a query as it ran. Times are in milliseconds, without those of its inputs. */
export type ExplainedOperator = {
  readonly operator: string;
  readonly detail: string;
  readonly rowCount: number;
  readonly ownMs: number;
  /** How often it was started; 0 where nothing asked for its rows. */
  readonly runs: number;
  /** Its rows are computed above, and read here once more. */
  readonly isShared: boolean;
  readonly inputs: readonly ExplainedOperator[];
  /** The subqueries inside its expressions. */
  readonly subqueries: readonly ExplainedOperator[];
};

export type Explanation = {
  readonly result: QueryResult;
  /** The plan of each result; a query that runs in stages has the stages before them. */
  readonly plans: readonly ExplainedOperator[];
};

/** Runs a query and tells what each of its operators did. */
export async function explainQuery(
  text: string,
  catalog: Catalog,
  options: QueryOptions & { readonly clockMs: () => number },
): Promise<Explanation> {
  const profile = new Profile(options.clockMs);
  const result = await runQuery(text, catalog, { ...options, profile });
  const shown = new Set<Plan>();
  return { result, plans: profile.roots.map((root) => explainPlan(root, profile, shown)) };
}

function explainPlan(plan: Plan, profile: Profile, shown: Set<Plan>): ExplainedOperator {
  const isShared = shown.has(plan);
  shown.add(plan);
  const { rowCount, ownMs, runs } = profile.figuresOf(plan) ?? { rowCount: 0, ownMs: 0, runs: 0 };
  const explain = (inner: Plan): ExplainedOperator => explainPlan(inner, profile, shown);
  return {
    operator: plan.operator,
    detail: describePlan(plan),
    rowCount,
    ownMs,
    runs,
    isShared,
    inputs: isShared ? [] : inputsOf(plan).map(explain),
    subqueries: isShared ? [] : expressionsOf(plan).flatMap(subqueriesOf).map(explain),
  };
}

import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildSubquery } from './build-partition.ts';
import { nameText } from './build-query.ts';
import type { Plan } from './plan.ts';
import type { ResultPlan } from './result-plan.ts';
import type { Scope } from './scope.ts';

/** fork: a result for each subquery; the rows that they share are computed once. */
export function buildFork(node: SyntaxNode, input: Plan, scope: Scope): readonly ResultPlan[] {
  const shared: Plan = { operator: 'materialize', columns: input.columns, input };
  return listOf(node, 'Expressions').map((branch) => {
    const named = branch.children.NameEquals;
    return {
      name: named === undefined ? undefined : nameText(child(named, 'Name')),
      plan: buildSubquery(child(branch, 'Expression'), shared, scope),
    };
  });
}

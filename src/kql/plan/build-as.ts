import { child, type SyntaxNode } from '../parse/syntax.ts';
import { nameText } from './build-query.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

/** as: names the rows so far; later parts of the statement read the same rows. */
export function buildAs(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const plan: Plan = { operator: 'materialize', columns: input.columns, input };
  scope.aliases.set(nameText(child(node, 'Name')), plan);
  return plan;
}

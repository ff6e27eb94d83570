import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildWhere(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const predicate = buildExpression(child(node, 'Condition'), withRow(scope, input));
  return { operator: 'where', columns: input.columns, input, predicate };
}

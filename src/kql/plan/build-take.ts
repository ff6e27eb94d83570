import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

export function buildTake(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  return { operator: 'take', columns: input.columns, input, count: buildExpression(child(node, 'Expression'), scope) };
}

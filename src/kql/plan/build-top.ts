import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { buildSortKey } from './build-sort.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildTop(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const count = buildExpression(child(node, 'Expression'), scope);
  return {
    operator: 'top',
    columns: input.columns,
    input,
    count,
    keys: [buildSortKey(child(node, 'ByExpression'), row)],
  };
}

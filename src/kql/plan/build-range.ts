import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { boundColumns } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

export function buildRange(node: SyntaxNode, scope: Scope): Plan {
  return {
    operator: 'range',
    columns: boundColumns(node),
    from: buildExpression(child(node, 'From'), scope),
    to: buildExpression(child(node, 'To'), scope),
    step: buildExpression(child(node, 'Step'), scope),
  };
}

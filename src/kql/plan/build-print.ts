import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { boundColumns, definitionsOf, splitNamed, withName } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

export function buildPrint(node: SyntaxNode, scope: Scope): Plan {
  const names = boundColumns(node);
  const outputs = listOf(node, 'Expressions').map((item, index) =>
    withName(names[index]?.name ?? `print_${index}`, buildExpression(splitNamed(item).expression, scope)),
  );
  return { operator: 'print', columns: definitionsOf(outputs), outputs };
}

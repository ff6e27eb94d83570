import { KqlError } from '../kql-error.ts';
import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { buildOperator, buildPlan } from './build-plan.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildPartition(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const operand = child(node, 'Operand');
  if (operand.kind !== 'PartitionSubquery') {
    throw new KqlError('unsupported', 'partition with a query in braces is not supported', {
      span: operand.span,
      hint: 'write partition by Column (subquery)',
    });
  }
  const by = buildExpression(child(node, 'ByExpression'), withRow(scope, input));
  const inputKey = {};
  const subquery = buildSubquery(
    child(operand, 'Subquery'),
    { operator: 'bound-input', columns: input.columns, key: inputKey },
    scope,
  );
  return { operator: 'partition', columns: subquery.columns, input, by, inputKey, subquery };
}

/** A subquery in parentheses: operators over the rows that it is given. */
export function buildSubquery(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  if (node.kind === 'PipeExpression') {
    return buildOperator(child(node, 'Operator'), buildSubquery(child(node, 'Expression'), input, scope), scope);
  }
  if (node.kind === 'ParenthesizedExpression') return buildSubquery(child(node, 'Expression'), input, scope);
  return node.kind.endsWith('Operator') ? buildOperator(node, input, scope) : buildPlan(node, scope);
}

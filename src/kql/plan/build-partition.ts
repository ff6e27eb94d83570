import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { buildOperator, buildPlan } from './build-plan.ts';
import type { Expression, NamedExpression } from './expression.ts';
import type { Plan } from './plan.ts';
import { type Scope, withBinding, withRow } from './scope.ts';

export function buildPartition(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const operand = child(node, 'Operand');
  const by = buildExpression(child(node, 'ByExpression'), withRow(scope, input));
  const inputKey = {};
  const rows: Plan = { operator: 'bound-input', columns: input.columns, key: inputKey };
  const subquery =
    operand.kind === 'PartitionSubquery'
      ? buildSubquery(child(operand, 'Subquery'), rows, scope)
      : buildPlan(child(operand, 'Query'), withKey(by, rows, scope));
  return { operator: 'partition', columns: subquery.columns, input, by, inputKey, subquery };
}

/** A query in braces has a source of its own; of the rows it knows the key alone, and as a value. */
function withKey(by: Expression, rows: Plan, scope: Scope): Scope {
  const columns = rows.columns.filter((_, index) => by.kind === 'column' && by.index === index);
  return columns.reduce((inner, { name, type }) => {
    const outputs: NamedExpression[] = [{ name, expression: by }];
    const plan: Plan = { operator: 'project', columns: [{ name, type }], input: rows, outputs };
    return withBinding(inner, name, { kind: 'scalar', expression: { kind: 'toscalar', type, plan } });
  }, scope);
}

/** A subquery in parentheses: operators over the rows that it is given. */
export function buildSubquery(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  if (node.kind === 'PipeExpression') {
    return buildOperator(child(node, 'Operator'), buildSubquery(child(node, 'Expression'), input, scope), scope);
  }
  if (node.kind === 'ParenthesizedExpression') return buildSubquery(child(node, 'Expression'), input, scope);
  return node.kind.endsWith('Operator') ? buildOperator(node, input, scope) : buildPlan(node, scope);
}

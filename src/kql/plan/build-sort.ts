import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import type { Expression } from './expression.ts';
import type { Plan, SortKey } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildSort(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const keys = listOf(node, 'Expressions').map((item) => buildSortKey(item, row));
  return { operator: 'sort', columns: input.columns, input, keys };
}

/** Descending unless said otherwise; ascending puts nulls first, descending last. */
export function buildSortKey(node: SyntaxNode, row: Scope): SortKey {
  const ordering = node.kind === 'OrderedExpression' ? node.children.Ordering : undefined;
  const expression = orderable(
    buildExpression(node.kind === 'OrderedExpression' ? child(node, 'Expression') : node, row),
    node,
  );
  const direction = ordering?.children.AscOrDescKeyword?.text === 'asc' ? 'asc' : 'desc';
  const said = ordering?.children.NullsClause?.children.FirstOrLastKeyword?.text;
  const nulls = said === 'first' || said === 'last' ? said : direction === 'asc' ? 'first' : 'last';
  return { expression, direction, nulls };
}

/** Dynamic values have no order, and rows are neither sorted nor grouped by them. */
export function orderable(expression: Expression, { span }: SyntaxNode): Expression {
  if (expression.type !== 'dynamic') return expression;
  throw new KqlError('binding', 'rows cannot be sorted or grouped by a dynamic value', {
    span,
    hint: 'convert it: tostring(…), tolong(…), todatetime(…)',
  });
}

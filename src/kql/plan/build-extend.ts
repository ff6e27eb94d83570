import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import type { NamedExpression } from './expression.ts';
import { boundColumns, splitNamed } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

/** extend, and serialize, which may extend as well. All expressions see the row as it was before. */
export function buildExtend(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input.columns);
  const known = new Set(input.columns.map(({ name }) => name));
  const appended = boundColumns(node).filter(({ name }) => !known.has(name));
  let next = 0;
  const outputs = listOf(node, 'Expressions').map((item): NamedExpression => {
    const { names, expression } = splitNamed(item);
    const given =
      names[0] ??
      (known.has(expression.resultName ?? '') && expression.kind === 'NameReference'
        ? expression.resultName
        : undefined);
    const name = given !== undefined && known.has(given) ? given : (appended[next++]?.name ?? given ?? 'Column1');
    return { name, expression: buildExpression(expression, row) };
  });
  return { operator: 'extend', columns: overlay(input.columns, outputs), input, outputs };
}

/** The input's columns with the outputs laid over them. */
export function overlay(
  columns: readonly ColumnDefinition[],
  outputs: readonly NamedExpression[],
): readonly ColumnDefinition[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  for (const { name, expression } of outputs) byName.set(name, { name, type: expression.type });
  return [...byName.values()];
}

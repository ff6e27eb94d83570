import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import type { NamedExpression } from './expression.ts';
import { boundColumns, columnOutput, definitionsOf, splitNamed } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildDistinct(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const names = boundColumns(node).map(({ name }) => name);
  const items = listOf(node, 'Expressions');
  const keys = items.some((item) => item.kind === 'StarExpression')
    ? input.columns.map(columnOutput)
    : items.map(
        (item, index): NamedExpression => ({
          name: names[index] ?? `Column${index + 1}`,
          expression: buildExpression(splitNamed(item).expression, row),
        }),
      );
  const columns = definitionsOf(keys);
  return { operator: 'summarize', columns, input, keys, aggregates: [], outputs: columns.map(columnOutput) };
}

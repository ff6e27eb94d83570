import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { boundColumns, columnOutput, definitionsOf, withName } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildSample(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  return {
    operator: 'sample',
    columns: input.columns,
    input,
    count: buildExpression(child(node, 'Expression'), scope),
  };
}

/** sample-distinct: some distinct values; which ones is free, and here it is the first ones. */
export function buildSampleDistinct(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const of = buildExpression(child(node, 'OfExpression'), withRow(scope, input));
  const keys = [withName(boundColumns(node)[0]?.name ?? 'Column1', of)];
  const columns = definitionsOf(keys);
  const distinct: Plan = {
    operator: 'summarize',
    columns,
    input,
    keys,
    aggregates: [],
    outputs: columns.map(columnOutput),
  };
  return { operator: 'take', columns, input: distinct, count: buildExpression(child(node, 'Expression'), scope) };
}

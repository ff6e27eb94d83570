import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { nameText } from './build-query.ts';
import type { Plan } from './plan.ts';

export function buildRender(node: SyntaxNode, input: Plan): Plan {
  const clause = node.children.WithClause;
  const properties = [...listOf(node, 'Parameters'), ...(clause === undefined ? [] : listOf(clause, 'Properties'))].map(
    (property) =>
      [nameText(child(property, 'Name')).toLowerCase(), propertyText(child(property, 'Expression'))] as const,
  );
  return {
    operator: 'render',
    columns: input.columns,
    input,
    chart: child(node, 'ChartType').text,
    properties: new Map(properties),
  };
}

const propertyText = (node: SyntaxNode): string => node.children.Token?.valueText ?? node.text;

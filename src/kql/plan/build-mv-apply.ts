import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildMvExpand } from './build-mv-expand.ts';
import { buildSubquery } from './build-partition.ts';
import { boundColumns } from './outputs.ts';
import type { MvApplyPlan, MvExpandPlan, Plan } from './plan.ts';
import type { Scope } from './scope.ts';

export function buildMvApply(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const inputKey = {};
  const expandKey = {};
  const source: Plan = { operator: 'bound-input', columns: input.columns, key: inputKey };
  const expand = buildMvExpand(node, source, scope) as MvExpandPlan;
  const subquery = buildSubquery(
    subqueryOf(node),
    { operator: 'bound-input', columns: expand.columns, key: expandKey },
    scope,
  );
  const outputs = boundColumns(node).flatMap(({ name }): MvApplyPlan['outputs'] => {
    const inSubquery = subquery.columns.findIndex((column) => column.name === name);
    if (inSubquery >= 0) return [{ side: 'subquery', index: inSubquery }];
    const inSource = input.columns.findIndex((column) => column.name === name);
    return inSource < 0 ? [] : [{ side: 'source', index: inSource }];
  });
  const columns = outputs.map(
    ({ side, index }) => (side === 'subquery' ? subquery : input).columns[index] as ColumnDefinition,
  );
  return { operator: 'mv-apply', columns, input, expand, inputKey, expandKey, subquery, outputs };
}

function subqueryOf(node: SyntaxNode): SyntaxNode {
  const subquery = child(node, 'Subquery');
  return subquery.children.Expression ?? (listOf(subquery, 'Expressions')[0] as SyntaxNode);
}

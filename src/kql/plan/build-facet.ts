import { aggregateRegistry } from '../functions/registry.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { buildSubquery } from './build-partition.ts';
import { columnOutput, definitionsOf } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { ResultPlan } from './result-plan.ts';
import { type Scope, withRow } from './scope.ts';

/** facet: the rows as the with-clause leaves them, where there is one, then for each column a count of its values. */
export function buildFacet(node: SyntaxNode, input: Plan, scope: Scope): readonly ResultPlan[] {
  const shared: Plan = { operator: 'materialize', columns: input.columns, input };
  const counts = listOf(node, 'Expressions').map((item): ResultPlan => {
    const column = buildExpression(item, withRow(scope, shared));
    if (column.kind !== 'column') throw new KqlError('binding', 'facet counts columns', { span: item.span });
    const definition = { name: column.name, type: column.type };
    return { name: column.name, plan: countBy(definition, column.index, node, shared) };
  });
  const clause = node.children.WithClause;
  if (clause === undefined) return counts;
  const rows = clause.children.Expression ?? child(clause, 'Operator');
  return [{ name: undefined, plan: buildSubquery(rows, shared, scope) }, ...counts];
}

/** summarize count() by column */
function countBy(column: ColumnDefinition, index: number, { span }: SyntaxNode, input: Plan): Plan {
  const count = aggregateRegistry.get('count');
  if (count === undefined) throw new KqlError('internal', 'there is no aggregate count');
  const name = `count_${column.name}`;
  const outputs = [columnOutput(column, 0), columnOutput({ name, type: 'long' }, 1)];
  return {
    operator: 'summarize',
    columns: definitionsOf(outputs),
    input,
    keys: [columnOutput(column, index)],
    aggregates: [{ names: [name], function: count, arguments: [], span }],
    outputs,
  };
}

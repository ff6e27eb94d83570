import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { buildAggregate, isAggregateCall } from './build-summarize.ts';
import { boundColumns, splitNamed } from './outputs.ts';
import type { Plan, TopNestedLevel } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildTopNested(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const names = boundColumns(node).map(({ name }) => name);
  const built = listOf(node, 'Clauses').map((clause, index) => buildLevel(clause, names[index * 2 + 1] ?? '', row));
  const columns = built.flatMap(({ level, type }, index): ColumnDefinition[] => [
    { name: names[index * 2] ?? '', type: level.of.type },
    { name: names[index * 2 + 1] ?? '', type },
  ]);
  return { operator: 'top-nested', columns, input, levels: built.map(({ level }) => level) };
}

function buildLevel(
  clause: SyntaxNode,
  name: string,
  row: Scope,
): { level: TopNestedLevel; type: ColumnDefinition['type'] } {
  const by = child(clause, 'ByExpression');
  const ordered = by.kind === 'OrderedExpression' ? child(by, 'Expression') : by;
  const call = splitNamed(ordered).expression;
  if (!isAggregateCall(call))
    throw new KqlError('unsupported', 'top-nested orders by an aggregate function', { span: call.span });
  const { output, types } = buildAggregate(call, [name], row);
  const count = clause.children.Expression;
  const others = clause.children.WithOthersClause;
  return {
    level: {
      count: count === undefined ? undefined : buildExpression(count, row),
      of: buildExpression(splitNamed(child(clause, 'OfExpression')).expression, row),
      aggregate: output,
      direction: by.children.Ordering?.children.AscOrDescKeyword?.text === 'asc' ? 'asc' : 'desc',
      others: others === undefined ? undefined : buildExpression(child(others, 'Expression'), row),
    },
    type: types[0] ?? 'dynamic',
  };
}

import type { AggregateFunction } from '../functions/aggregate-function.ts';
import { aggregateRegistry } from '../functions/registry.ts';
import { KqlError } from '../kql-error.ts';
import { child, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import type { Expression } from './expression.ts';
import { boundColumns, columnOutput, withName } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

/** top-hitters: the service approximates; here the counts are exact, which is one of the answers it may give. */
export function buildTopHitters(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const [keyColumn, valueColumn] = boundColumns(node);
  if (keyColumn === undefined || valueColumn === undefined) {
    throw new KqlError('internal', 'top-hitters yields two columns', { span: node.span });
  }
  const by =
    node.children.ByClause === undefined
      ? undefined
      : buildExpression(child(node.children.ByClause, 'Expression'), row);
  const fn = aggregateRegistry.get(by === undefined ? 'count' : 'sum') as AggregateFunction;
  const args: readonly Expression[] = by === undefined ? [] : [by];
  const returned = fn.returns(
    args.map(({ type }) => type),
    [],
  );
  const keys = [withName(keyColumn.name, buildExpression(child(node, 'OfExpression'), row))];
  const columns: readonly ColumnDefinition[] = [
    { name: keyColumn.name, type: keys[0]?.expression.type ?? 'dynamic' },
    { name: valueColumn.name, type: typeof returned === 'string' ? returned : 'long' },
  ];
  const aggregates = [{ names: [valueColumn.name], function: fn, arguments: args, span: node.span }];
  const summarized: Plan = {
    operator: 'summarize',
    columns,
    input,
    keys,
    aggregates,
    outputs: columns.map(columnOutput),
  };
  const order = {
    expression: columnOutput(columns[1] as ColumnDefinition, 1).expression,
    direction: 'desc',
    nulls: 'last',
  } as const;
  return {
    operator: 'top',
    columns,
    input: summarized,
    count: buildExpression(child(node, 'Expression'), scope),
    keys: [order],
  };
}

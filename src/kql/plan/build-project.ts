import { KqlError } from '../kql-error.ts';
import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { buildTuple, isTuple, type TupleOutput, withHidden } from './build-tuple.ts';
import type { NamedExpression } from './expression.ts';
import { boundColumns, columnOutput, definitionsOf, splitNamed } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildProject(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const names = boundColumns(node).map(({ name }) => name);
  const tuples: TupleOutput[] = [];
  let next = 0;
  const outputs = listOf(node, 'Expressions').flatMap((item): NamedExpression[] => {
    const { expression } = splitNamed(item);
    if (expression.kind === 'StarExpression') {
      next += input.columns.length;
      return input.columns.map(columnOutput);
    }
    if (isTuple(item)) {
      const tuple = buildTuple(item, input.columns.length + tuples.length, row);
      tuples.push(tuple);
      const first = next;
      next += tuple.names.length;
      return tuple.items.map((value, index) => ({ name: names[first + index] as string, expression: value }));
    }
    const name = names[next++];
    if (name === undefined)
      throw new KqlError('internal', 'project has more expressions than columns', { span: item.span });
    return [{ name, expression: buildExpression(expression, row) }];
  });
  return { operator: 'project', columns: definitionsOf(outputs), input: withHidden(input, tuples), outputs };
}

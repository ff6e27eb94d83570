import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { buildTuple, isTuple, type TupleOutput } from './build-tuple.ts';
import type { NamedExpression } from './expression.ts';
import { boundColumns, definitionsOf, splitNamed, withName } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

export function buildPrint(node: SyntaxNode, scope: Scope): Plan {
  const names = boundColumns(node).map(({ name }) => name);
  const tuples: TupleOutput[] = [];
  let next = 0;
  const outputs = listOf(node, 'Expressions').flatMap((item): NamedExpression[] => {
    const first = next;
    if (!isTuple(item)) {
      next++;
      return [withName(names[first] ?? `print_${first}`, buildExpression(splitNamed(item).expression, scope))];
    }
    const tuple = buildTuple(item, tuples.length, scope);
    tuples.push(tuple);
    next += tuple.extended;
    return tuple.items
      .slice(0, tuple.extended)
      .map((expression, index) => withName(names[first + index] as string, expression));
  });
  const columns = definitionsOf(outputs);
  if (tuples.length === 0) return { operator: 'print', columns, outputs };
  const hidden = tuples.map((tuple) => tuple.hidden);
  return {
    operator: 'project',
    columns,
    input: { operator: 'print', columns: definitionsOf(hidden), outputs: hidden },
    outputs,
  };
}

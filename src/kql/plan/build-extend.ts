import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { buildTuple, isTuple, type TupleOutput, withHidden, withoutHidden } from './build-tuple.ts';
import type { NamedExpression } from './expression.ts';
import { boundColumns, splitNamed } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

/** extend, and serialize, which may extend as well. All expressions see the row as it was before. */
export function buildExtend(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const serializes = node.kind === 'SerializeOperator';
  const plain = withRow(scope, input);
  const row = serializes ? { ...plain, isSerialized: true } : plain;
  const known = new Set(input.columns.map(({ name }) => name));
  const appended = boundColumns(node).filter(({ name }) => !known.has(name));
  const tuples: TupleOutput[] = [];
  let next = 0;
  const nameOf = (given: string | undefined): string =>
    given !== undefined && known.has(given) ? given : (appended[next++]?.name ?? given ?? 'Column1');
  const outputs = listOf(node, 'Expressions').flatMap((item): NamedExpression[] => {
    const { names, expression } = splitNamed(item);
    if (isTuple(item)) {
      const tuple = buildTuple(item, input.columns.length + tuples.length, row);
      tuples.push(tuple);
      const own = tuple.names.map(nameOf);
      return tuple.items
        .slice(0, tuple.extended)
        .map((value, index) => ({ name: own[index] as string, expression: value }));
    }
    const given =
      names[0] ??
      (known.has(expression.resultName ?? '') && expression.kind === 'NameReference'
        ? expression.resultName
        : undefined);
    return [{ name: nameOf(given), expression: buildExpression(expression, row) }];
  });
  const source = withHidden(input, tuples);
  return withoutHidden(
    { operator: 'extend', columns: overlay(source.columns, outputs), input: source, outputs, serializes },
    tuples,
  );
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

import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { buildTuple, isTuple, type TupleOutput, tupleNames, withHidden, withoutHidden } from './build-tuple.ts';
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
  const items = listOf(node, 'Expressions');
  const bound = boundColumns(node).filter(({ name }) => !known.has(name));
  // The binder believes that extend keeps all columns of a tuple: what it appends for this node are its last names.
  const fresh = items
    .flatMap((item) => givenNames(item, known))
    .filter((name) => name === undefined || !known.has(name));
  const appended = bound.slice(bound.length - fresh.length);
  const tuples: TupleOutput[] = [];
  let next = 0;
  const nameOf = (given: string | undefined): string =>
    given !== undefined && known.has(given) ? given : (appended[next++]?.name ?? given ?? 'Column1');
  const outputs = items.flatMap((item): NamedExpression[] => {
    const own = givenNames(item, known).map(nameOf);
    if (!isTuple(item))
      return [{ name: own[0] as string, expression: buildExpression(splitNamed(item).expression, row) }];
    const tuple = buildTuple(item, input.columns.length + tuples.length, row);
    tuples.push(tuple);
    return tuple.items
      .slice(0, tuple.extended)
      .map((expression, index) => ({ name: own[index] as string, expression }));
  });
  const source = withHidden(input, tuples);
  return withoutHidden(
    { operator: 'extend', columns: overlay(source.columns, outputs), input: source, outputs, serializes },
    tuples,
  );
}

/** The names that an item states, or that the binder makes up for a tuple; undefined where the expression has to name itself. */
function givenNames(item: SyntaxNode, known: ReadonlySet<string>): readonly (string | undefined)[] {
  const { names, expression } = splitNamed(item);
  if (isTuple(item)) return tupleNames(item);
  const isColumn = expression.kind === 'NameReference' && known.has(expression.resultName ?? '');
  return [names[0] ?? (isColumn ? expression.resultName : undefined)];
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

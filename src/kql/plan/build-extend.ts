import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { buildTuple, isTuple, type TupleOutput, tupleNames, withHidden, withoutHidden } from './build-tuple.ts';
import type { NamedExpression } from './expression.ts';
import { splitNamed } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

/** extend, and serialize, which may extend as well. All expressions see the row as it was before. */
export function buildExtend(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const serializes = node.kind === 'SerializeOperator';
  const plain = withRow(scope, input);
  const row = serializes ? { ...plain, isSerialized: true } : plain;
  const taken = new Set(input.columns.map(({ name }) => name));
  const tuples: TupleOutput[] = [];
  const outputs = listOf(node, 'Expressions').flatMap((item): NamedExpression[] => {
    const own = givenNames(item).map((name) => takeName(name, taken));
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

/** The names that an item states or has of itself, as `tostring(x)` has x; undefined where it has none. */
function givenNames(item: SyntaxNode): readonly (string | undefined)[] {
  if (isTuple(item)) return tupleNames(item);
  const { names, expression } = splitNamed(item);
  return [names[0] ?? expression.resultName];
}

/** The binder lays a column of a name that is there over that column; what has no name becomes the next free ColumnN. */
function takeName(given: string | undefined, taken: Set<string>): string {
  let name = given;
  for (let number = 1; name === undefined; number++) if (!taken.has(`Column${number}`)) name = `Column${number}`;
  taken.add(name);
  return name;
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

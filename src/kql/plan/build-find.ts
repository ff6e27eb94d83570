import { KqlError } from '../kql-error.ts';
import { child, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { callFunction } from './build-expression.ts';
import { buildCondition } from './build-search.ts';
import { unionPlans } from './build-union.ts';
import { type Expression, literal, type NamedExpression } from './expression.ts';
import { parameterText } from './operator-parameters.ts';
import { boundColumns, columnOutput, definitionsOf } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';
import { searchedTables } from './searched-tables.ts';

/** find: the rows of several tables that meet a condition; a table without a column that it names has none. */
export function buildFind(node: SyntaxNode, scope: Scope): Plan {
  const columns = boundColumns(node);
  const source = parameterText(node, 'withsource') ?? parameterText(node, 'with_source') ?? 'source_';
  const found = searchedTables(node, scope).flatMap((input) => findIn(node, input, columns, source, scope));
  if (found.length === 0) {
    throw new KqlError('binding', 'no table has the columns of the condition', { span: node.span });
  }
  return found.length === 1 ? (found[0] as { plan: Plan }).plan : unionPlans(found, node);
}

type Input = { readonly plan: Plan; readonly source: string };

function findIn(
  node: SyntaxNode,
  input: Input,
  columns: readonly ColumnDefinition[],
  source: string,
  scope: Scope,
): readonly Input[] {
  const row = withRow(scope, input.plan);
  const predicate = conditionFor(node, row);
  if (predicate === undefined) return [];
  const where: Plan = { operator: 'where', columns: input.plan.columns, input: input.plan, predicate };
  const outputs = columns.map((column): NamedExpression => {
    if (column.name === source) return { name: source, expression: literal('string', input.source) };
    const index = input.plan.columns.findIndex(({ name }) => name === column.name);
    const own = input.plan.columns[index];
    if (own !== undefined) return columnOutput(own, index);
    if (column.name === 'pack_') return { name: 'pack_', expression: packRest(node, input.plan, columns, row) };
    return { name: column.name, expression: literal(column.type, column.type === 'string' ? '' : null) };
  });
  return [
    { plan: { operator: 'project', columns: definitionsOf(outputs), input: where, outputs }, source: input.source },
  ];
}

/** The condition over this table; undefined where the table lacks a column of it. */
function conditionFor(node: SyntaxNode, row: Scope): Expression | undefined {
  try {
    return buildCondition(child(node, 'Condition'), row, false);
  } catch (error) {
    if (error instanceof KqlError && error.code === 'binding') return undefined;
    throw error;
  }
}

/** The columns that have no place of their own, as a bag. */
function packRest(node: SyntaxNode, plan: Plan, columns: readonly ColumnDefinition[], row: Scope): Expression {
  const placed = new Set(columns.map(({ name }) => name));
  const rest = plan.columns.flatMap((column, index): Expression[] =>
    placed.has(column.name) ? [] : [literal('string', column.name), columnOutput(column, index).expression],
  );
  return callFunction('pack-columns', [literal('bool', true), ...rest], node, row);
}

import { KqlError } from '../kql-error.ts';
import { child, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { callFunction } from './build-expression.ts';
import { buildCondition } from './build-search.ts';
import { unionPlans } from './build-union.ts';
import { type Expression, literal, type NamedExpression, noValue } from './expression.ts';
import { parameterText } from './operator-parameters.ts';
import { boundColumns, columnOutput, definitionsOf } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';
import { type SearchedInput, type SearchedRows, searchedRows } from './searched-rows.ts';
import { searchedTables } from './searched-tables.ts';

/** find: the rows of several tables that meet a condition; a table without a column that it names has none. */
export function buildFind(node: SyntaxNode, scope: Scope): Plan {
  const source = parameterText(node, 'withsource') ?? parameterText(node, 'with_source') ?? 'source_';
  const rows = searchedRows(child(node, 'Condition'), searchedTables(node, scope), scope, (condition, row) =>
    buildCondition(condition, row, false),
  );
  if (rows.length === 0) {
    throw new KqlError('binding', 'no table has the columns of the condition', { span: node.span });
  }
  const columns = columnsFound(node, rows);
  const found = rows.map((table) => findIn(node, table, columns, source));
  return found.length === 1 ? (found[0] as SearchedInput).plan : unionPlans(found, node);
}

/** The binder's columns; it knows no views that a pattern matches, so that it may miss that columns are left to pack. */
function columnsFound(node: SyntaxNode, rows: readonly SearchedRows[]): readonly ColumnDefinition[] {
  const columns = boundColumns(node);
  const placed = new Set(columns.map(({ name }) => name));
  const isComplete =
    node.children.Project !== undefined ||
    placed.has('pack_') ||
    rows.every(({ plan }) => plan.columns.every(({ name, type }) => placed.has(name) || placed.has(`${name}_${type}`)));
  return isComplete ? columns : [...columns, { name: 'pack_', type: 'dynamic' }];
}

function findIn(
  node: SyntaxNode,
  { plan, source: table, row, predicate }: SearchedRows,
  columns: readonly ColumnDefinition[],
  source: string,
): SearchedInput {
  const where: Plan = { operator: 'where', columns: plan.columns, input: plan, predicate };
  const outputs = columns.map((column): NamedExpression => {
    if (column.name === source) return { name: source, expression: literal('string', table) };
    const index = plan.columns.findIndex(({ name }) => name === column.name);
    const own = plan.columns[index];
    if (own !== undefined) return columnOutput(own, index);
    if (column.name === 'pack_') return { name: 'pack_', expression: packRest(node, plan, columns, row) };
    return { name: column.name, expression: noValue(column.type) };
  });
  return { plan: { operator: 'project', columns: definitionsOf(outputs), input: where, outputs }, source: table };
}

/** The columns that have no place of their own, as a bag. */
function packRest(node: SyntaxNode, plan: Plan, columns: readonly ColumnDefinition[], row: Scope): Expression {
  const placed = new Set(columns.map(({ name }) => name));
  const rest = plan.columns.flatMap((column, index): Expression[] =>
    placed.has(column.name) ? [] : [literal('string', column.name), columnOutput(column, index).expression],
  );
  return callFunction('pack-columns', [literal('bool', true), ...rest], node, row);
}

import { ARRIVAL_COLUMN } from '../catalog.ts';
import { KqlError } from '../kql-error.ts';
import type { SyntaxNode } from '../parse/syntax.ts';
import { buildBinAuto } from './build-bin-auto.ts';
import { buildExpression, callFunction, columnReference } from './build-expression.ts';
import { buildPlan } from './build-plan.ts';
import { type Expression, literal, type NamedExpression } from './expression.ts';
import { columnOutput } from './outputs.ts';
import { type Scope, visibleColumns } from './scope.ts';

type SpecialCall = (node: SyntaxNode, args: readonly SyntaxNode[], scope: Scope) => Expression;

/** Calls that are decided while the query is planned, because they look at columns and not at values. */
const specialCalls: Readonly<Record<string, SpecialCall>> = {
  bin_auto: buildBinAuto,
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
  iscolumnexists: isColumnExists,
  column_names_of: columnNamesOf,
  estimate_data_size: estimateDataSize,
  ingestion_time: ingestionTime,
  pack_all: packAll,
  pack_array: packArray,
  bag_pack_columns: bagPackColumns,
};

export const isSpecialCall = (name: string): boolean => Object.hasOwn(specialCalls, name);

export function buildSpecialCall(
  name: string,
  node: SyntaxNode,
  args: readonly SyntaxNode[],
  scope: Scope,
): Expression {
  return (specialCalls[name] as SpecialCall)(node, args, scope);
}

/** column_ifexists(name, default): the column if the input has it, else the default. */
function columnIfExists(node: SyntaxNode, [name, fallback]: readonly SyntaxNode[], scope: Scope): Expression {
  if (name === undefined || fallback === undefined)
    throw new KqlError('binding', 'column_ifexists takes a name and a default', { span: node.span });
  return columnReference(columnName(name, scope), scope) ?? buildExpression(fallback, scope);
}

/** iscolumnexists(name): whether the input has the column. */
function isColumnExists(node: SyntaxNode, [name]: readonly SyntaxNode[], scope: Scope): Expression {
  if (name === undefined) throw new KqlError('binding', 'iscolumnexists takes a name', { span: node.span });
  return literal('bool', columnReference(columnName(name, scope), scope) !== undefined);
}

function columnName(node: SyntaxNode, scope: Scope): string {
  const name = buildExpression(node, scope);
  if (name.kind === 'literal' && typeof name.value === 'string') return name.value;
  throw new KqlError('binding', 'the name of the column is a literal', { span: node.span });
}

/** ingestion_time(): when the row arrived, and null of rows that stand in the query. */
function ingestionTime(_node: SyntaxNode, _args: readonly SyntaxNode[], scope: Scope): Expression {
  const column = columnReference(ARRIVAL_COLUMN.name, scope);
  if (column !== undefined) return column;
  // Over rows this is a first look: the operator is built again, with the column (see build-plan.ts).
  if (scope.row !== undefined && scope.arrival !== undefined) scope.arrival.isRead = true;
  return literal('datetime', null);
}

/** column_names_of(table): the names of the columns of a table, as an array. */
function columnNamesOf(node: SyntaxNode, [table]: readonly SyntaxNode[], scope: Scope): Expression {
  if (table === undefined) throw new KqlError('binding', 'column_names_of takes a table', { span: node.span });
  return literal(
    'dynamic',
    buildPlan(table, scope).columns.map(({ name }) => name),
  );
}

/** pack_all([ignore_null_empty]): a bag of all columns of the row. */
function packAll(node: SyntaxNode, args: readonly SyntaxNode[], scope: Scope): Expression {
  const ignoreEmpty = args[0] === undefined ? literal('bool', false) : buildExpression(args[0], scope);
  return packColumns(ignoreEmpty, allColumns(scope), node, scope);
}

/** bag_pack_columns(column, …): a bag of some columns of the row. */
function bagPackColumns(node: SyntaxNode, args: readonly SyntaxNode[], scope: Scope): Expression {
  const columns = args.map((arg): NamedExpression => {
    const expression = buildExpression(arg, scope);
    if (expression.kind === 'column') return { name: expression.name, expression };
    throw new KqlError('binding', 'bag_pack_columns takes columns', { span: arg.span });
  });
  return packColumns(literal('bool', false), columns, node, scope);
}

/** pack_array(value, …), and pack_array(*) of all columns of the row. */
function packArray(node: SyntaxNode, args: readonly SyntaxNode[], scope: Scope): Expression {
  return callFunction('pack_array', everyArgument(args, scope), node, scope);
}

/** estimate_data_size(column, …), and estimate_data_size(*) of all columns of the row. */
function estimateDataSize(node: SyntaxNode, args: readonly SyntaxNode[], scope: Scope): Expression {
  return callFunction('estimate_data_size', everyArgument(args, scope), node, scope);
}

/** The arguments, with a star as all columns of the row. */
const everyArgument = (args: readonly SyntaxNode[], scope: Scope): readonly Expression[] =>
  args.flatMap((arg) =>
    arg.kind === 'StarExpression'
      ? allColumns(scope).map(({ expression }) => expression)
      : [buildExpression(arg, scope)],
  );

const allColumns = (scope: Scope): readonly NamedExpression[] => visibleColumns(scope).map(columnOutput);

function packColumns(
  ignoreEmpty: Expression,
  columns: readonly NamedExpression[],
  node: SyntaxNode,
  scope: Scope,
): Expression {
  const pairs = columns.flatMap(({ name, expression }) => [literal('string', name), expression]);
  return callFunction('pack-columns', [ignoreEmpty, ...pairs], node, scope);
}

import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import { buildExpression } from './build-expression.ts';
import { nameText } from './build-query.ts';
import { type Expression, literal } from './expression.ts';
import { operatorParameter, parameterText } from './operator-parameters.ts';
import { boundColumns, splitNamed } from './outputs.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export function buildMvExpand(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const row = withRow(scope, input);
  const columns: ColumnDefinition[] = [...input.columns];
  const bound = boundColumns(node);
  const expansions = listOf(node, 'Expressions').map((item) => {
    const { names, expression } = splitNamed(child(item, 'Expression'));
    const built = buildExpression(expression, row);
    const said = item.children.ToTypeOf === undefined ? undefined : typeOf(child(item, 'ToTypeOf'));
    const type: ColumnType = said ?? (built.type === 'dynamic' ? 'dynamic' : built.type);
    const name = names[0] ?? expression.resultName ?? bound[columns.length]?.name ?? `Column${columns.length}`;
    let index = columns.findIndex((column) => column.name === name);
    if (index < 0) index = columns.length;
    columns[index] = { name, type };
    return { index, expression: built };
  });
  const itemIndexNode = operatorParameter(node, 'with_itemindex');
  const itemIndex = itemIndexNode === undefined ? undefined : columns.length;
  if (itemIndexNode !== undefined) columns.push({ name: nameText(itemIndexNode), type: 'long' });
  const limitNode = node.children.RowLimitClause?.children.RowLimit;
  const limit = limitNode === undefined ? defaultLimit(node) : buildExpression(limitNode, scope);
  const bagKind = (parameterText(node, 'kind') ?? parameterText(node, 'bagexpansion')) === 'array' ? 'array' : 'bag';
  return { operator: 'mv-expand', columns, input, expansions, bagKind, itemIndex, limit };
}

/** The obsolete spelling `mvexpand` keeps 128 items a row (mv-expand page); `mv-expand` keeps all. */
const defaultLimit = (node: SyntaxNode): Expression | undefined =>
  node.children.MvExpandKeyword?.text === 'mvexpand' ? literal('long', 128n) : undefined;

function typeOf(clause: SyntaxNode): ColumnType {
  const name = listOf(child(clause, 'TypeOf'), 'Types')[0]?.symbol?.name;
  if (name === undefined) throw new KqlError('binding', 'to typeof() names one type', { span: clause.span });
  return name as ColumnType;
}

import { KqlError } from '../kql-error.ts';
import type { SyntaxNode } from '../parse/syntax.ts';
import { child, listOf } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { nameText } from './build-query.ts';
import type { Expression, NamedExpression } from './expression.ts';

/** The expression inside a named one, and the names given (several in `(a, b) = f()`). */
export function splitNamed(node: SyntaxNode): { readonly names: readonly string[]; readonly expression: SyntaxNode } {
  if (node.kind === 'SimpleNamedExpression') {
    return { names: [nameText(child(node, 'Name'))], expression: child(node, 'Expression') };
  }
  if (node.kind === 'CompoundNamedExpression') {
    const names = listOf(child(node, 'Names'), 'Names').map(nameText);
    return { names, expression: child(node, 'Expression') };
  }
  return { names: [], expression: node };
}

export const definitionsOf = (outputs: readonly NamedExpression[]): readonly ColumnDefinition[] =>
  outputs.map(({ name, expression }) => ({ name, type: expression.type }));

export const columnOutput = (column: ColumnDefinition, index: number): NamedExpression => ({
  name: column.name,
  expression: { kind: 'column', type: column.type, name: column.name, index },
});

/** The columns that the binder gave the operator's result; their absence is a fault of ours. */
export function boundColumns(node: SyntaxNode): readonly ColumnDefinition[] {
  if (node.columns === undefined)
    throw new KqlError('internal', `${node.kind} has no result columns`, { span: node.span });
  return node.columns;
}

export const withName = (name: string, expression: Expression): NamedExpression => ({ name, expression });

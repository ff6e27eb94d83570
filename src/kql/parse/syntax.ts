import type { Span } from '../kql-error.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';

/**
 * A node of the bound tree as plain data: what the official parser and binder say, free of their classes.
 * Names of kinds and children are Kusto.Language's own (FilterOperator, Condition, …).
 */
export type SyntaxNode = {
  readonly kind: string;
  readonly span: Span;
  /** The source text of a token, and of a node made of one token. */
  readonly text: string;
  /** A string token's contents with quotes and escapes resolved. */
  readonly valueText: string;
  /** Children by their name in the grammar; absent optional parts are absent here. */
  readonly children: Readonly<Record<string, SyntaxNode>>;
  /** The elements of a list, separators left out. */
  readonly items: readonly SyntaxNode[];
  /** The binder's type of a scalar expression. */
  readonly type: ColumnType | undefined;
  /** The binder's columns of a tabular expression, and of an aggregate that yields several columns. */
  readonly columns: readonly ColumnDefinition[] | undefined;
  /** True where the binder could not know all columns (after a plugin whose output depends on the data). */
  readonly isOpen: boolean;
  readonly symbol: { readonly name: string; readonly kind: string } | undefined;
  /** The name that the expression has as a column where none is given. */
  readonly resultName: string | undefined;
  /** The body of the user-defined function that the expression calls, bound to this call's arguments. */
  readonly calledBody: () => SyntaxNode | undefined;
};

/** The child of that name; a missing one is a fault of the caller, since the binder accepted the query. */
export function child(node: SyntaxNode, name: string): SyntaxNode {
  const found = node.children[name];
  if (found === undefined) throw new TypeError(`${node.kind} has no ${name}`);
  return found;
}

/** The elements of the list child of that name; none where the child is absent. */
export const listOf = (node: SyntaxNode, name: string): readonly SyntaxNode[] => node.children[name]?.items ?? [];

import { child, listOf, type SyntaxNode } from '../kql/parse/syntax.ts';
import { nameText } from '../kql/plan/build-query.ts';

/** A node with the nodes around it, the nearest last. */
export type NodePath = { readonly node: SyntaxNode; readonly ancestors: readonly SyntaxNode[] };

/** The path of the node around a node; undefined for the root. */
export function parentOf({ ancestors }: NodePath): NodePath | undefined {
  const node = ancestors.at(-1);
  return node === undefined ? undefined : { node, ancestors: ancestors.slice(0, -1) };
}

/** Every node under a root that fits, in the order of the tree. */
export function findNodes(root: SyntaxNode, fits: (node: SyntaxNode) => boolean): readonly NodePath[] {
  const found: NodePath[] = [];
  const visit = (node: SyntaxNode, ancestors: readonly SyntaxNode[]): void => {
    if (fits(node)) found.push({ node, ancestors });
    const inside = [...ancestors, node];
    for (const part of [...Object.values(node.children), ...node.items]) visit(part, inside);
  };
  visit(root, []);
  return found;
}

/** The column that an item of a list names as it is; undefined for anything else. */
export const plainColumn = (item: SyntaxNode): string | undefined =>
  item.kind === 'NameReference' && item.symbol?.kind === 'Column' ? nameText(item) : undefined;

export const plainColumns = (node: SyntaxNode, list: string): readonly string[] =>
  listOf(node, list).flatMap((item) => plainColumn(item) ?? []);

/** The columns that an operator declares anew. */
export const declaredNames = (operator: SyntaxNode): readonly string[] =>
  findNodes(operator, ({ kind }) => kind === 'NameDeclaration').map(({ node }) => nameText(node));

/** The kind of a join, as the query says it. */
export function joinKind(join: SyntaxNode): string {
  const given = listOf(join, 'Parameters').find((parameter) => nameText(child(parameter, 'Name')) === 'kind');
  return given === undefined ? 'innerunique' : nameText(child(given, 'Expression'));
}

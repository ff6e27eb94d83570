import type { Span } from '../kql/index.ts';
import { child, type SyntaxNode } from '../kql/parse/syntax.ts';
import { nameText } from '../kql/plan/build-query.ts';

/** A span of the query and what stands there instead. */
export type Edit = Span & { readonly text: string };

/** One way to change a query: the edits, and the part of the query that a report shows as changed. */
export type QueryChange = {
  readonly shown: Span;
  /** In the order of the text; they do not overlap. */
  readonly edits: readonly Edit[];
};

/** Where a node stands: the nodes around it, the nearest last. */
export type QueryPlace = { readonly query: string; readonly ancestors: readonly SyntaxNode[] };

/** A row of the registry: a kind of mistake that people make in queries, and how it is made. */
export type QueryMutation = {
  readonly name: string;
  /** What it changes, for `pack mutate --list`. */
  readonly changes: string;
  readonly changesOf: (node: SyntaxNode, place: QueryPlace) => readonly QueryChange[];
};

/** Every change that a mutation makes to a query, in the order of the text. */
export function changesOf(mutation: QueryMutation, root: SyntaxNode, query: string): readonly QueryChange[] {
  const changes: QueryChange[] = [];
  const visit = (node: SyntaxNode, ancestors: readonly SyntaxNode[]): void => {
    changes.push(...mutation.changesOf(node, { query, ancestors }));
    const inside = [...ancestors, node];
    for (const part of [...Object.values(node.children), ...node.items]) visit(part, inside);
  };
  visit(root, []);
  return changes.sort((a, b) => startOf(a) - startOf(b));
}

const startOf = ({ edits }: QueryChange): number => edits[0]?.start ?? 0;

/** The text with the edits made. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: inserted } of edits) {
    result += text.slice(from, start) + inserted;
    from = end;
  }
  return result + text.slice(from);
}

/** What the shown part of a change reads before and after it; edits outside that part are left out. */
export function shownTexts(
  query: string,
  { shown, edits }: QueryChange,
): readonly [original: string, replacement: string] {
  const inside = edits
    .filter(({ start, end }) => start < shown.end && end > shown.start)
    .map(({ start, end, text }) => ({
      start: Math.max(start, shown.start) - shown.start,
      end: Math.min(end, shown.end) - shown.start,
      text,
    }));
  const original = query.slice(shown.start, shown.end);
  return [original, applyEdits(original, inside)];
}

/** The place of a node is in the on-clause of a join or lookup, whose comparisons name pairs of columns. */
export const isInJoinClause = ({ ancestors }: QueryPlace): boolean =>
  ancestors.some(({ kind }) => kind === 'JoinOnClause');

/** The operator token between two operands; undefined for a node that is no binary expression. */
export function operatorOf(node: SyntaxNode): SyntaxNode | undefined {
  const { Left, Operator, Right } = node.children;
  return Left !== undefined && Right !== undefined && Operator?.kind === 'Token' ? Operator : undefined;
}

/** The name of the function that a node calls; undefined for a node that is no call. */
export const calledName = (node: SyntaxNode): string | undefined =>
  node.kind === 'FunctionCallExpression' ? nameText(child(node, 'Name')) : undefined;

/** The change of a node that replaces one part of it. */
export const replacePart = (shown: SyntaxNode, part: Span, text: string): QueryChange => ({
  shown: shown.span,
  edits: [{ start: part.start, end: part.end, text }],
});

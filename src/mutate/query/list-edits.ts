import type { SyntaxNode } from '../../kql/parse/syntax.ts';
import type { Edit } from '../query-mutation.ts';

/** The edit that takes one of two or more items out, with the separator (`,`, `and`) that it would leave over. */
export function withoutItem(items: readonly SyntaxNode[], index: number): Edit {
  const { span } = items[index] as SyntaxNode;
  const before = items[index - 1];
  const after = items[index + 1];
  if (before !== undefined) return { start: before.span.end, end: span.end, text: '' };
  return { start: span.start, end: after?.span.start ?? span.end, text: '' };
}

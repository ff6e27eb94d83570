import { listOf, type SyntaxNode } from './syntax.ts';

/**
 * The text with `pack_all()` in the project clause of find as `pack(*)`, the older spelling that the parser knows; blanks
 * keep every offset (find-operator, "Output schema").
 */
export function withPackAll(text: string, root: SyntaxNode): string {
  let rest = text;
  for (const start of packedAt(root)) {
    const written = /^pack_all\s*\(\s*\)/.exec(rest.slice(start))?.[0];
    if (written === undefined) continue;
    rest = `${rest.slice(0, start)}${'pack(*)'.padEnd(written.length)}${rest.slice(start + written.length)}`;
  }
  return rest;
}

function packedAt(node: SyntaxNode): readonly number[] {
  const own =
    node.kind === 'FindProjectClause'
      ? listOf(node, 'Columns').flatMap(({ text, span }) => (text === 'pack_all' ? [span.start] : []))
      : [];
  return [...own, ...[...Object.values(node.children), ...node.items].flatMap(packedAt)];
}

import { parseQuery } from '../parse/parse-query.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { symbolsOf } from '../symbols.ts';
import type { Scope } from './scope.ts';

/** The declaration of a function that the catalog holds as text, with the scope that its body sees: the catalog alone. */
export function savedFunction(name: string, scope: Scope): { declaration: SyntaxNode; scope: Scope } | undefined {
  const definition = scope.context.catalog.functions?.get(name);
  if (definition === undefined) return undefined;
  const lambda = /^\s*\(/.test(definition) ? definition : `() { ${definition} }`;
  const root = parseQuery(`let ${name} = ${lambda}; print 1`, symbolsOf(scope.context.catalog));
  const declaration = child(listOf(root, 'Statements')[0] as SyntaxNode, 'Expression');
  return { declaration, scope: { ...scope, bindings: new Map(), row: undefined } };
}

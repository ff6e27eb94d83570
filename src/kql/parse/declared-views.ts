import type { ColumnDefinition } from '../values/value.ts';
import { child, listOf, type SyntaxNode } from './syntax.ts';

/** Whether a query may declare views and look for tables by pattern. */
export const mayMatchViews = (text: string): boolean =>
  /\bview\s*\(/.test(text) && /\b(union|find|search)\b/.test(text);

/**
 * The views that a query declares by let, with their columns. The binder matches patterns (`union V*`, `search "x"`) with
 * the tables of the database alone, so that views are given to it as such.
 */
export function declaredViews(root: SyntaxNode): ReadonlyMap<string, readonly ColumnDefinition[]> {
  const declared = listOf(root, 'Statements').flatMap((statement): [string, readonly ColumnDefinition[]][] => {
    const value = statement.kind === 'LetStatement' ? child(statement, 'Expression') : undefined;
    if (value?.kind !== 'FunctionDeclaration' || value.children.ViewKeyword === undefined) return [];
    const columns = child(child(value, 'Body'), 'Expression').columns;
    const name = child(statement, 'Name').symbol?.name;
    return columns === undefined || name === undefined ? [] : [[name, columns]];
  });
  return new Map(declared);
}

import { listOf, type SyntaxNode } from '../parse/syntax.ts';
import { unionInputs, viewsOf } from './build-union.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';
import type { SearchedInput } from './searched-rows.ts';

/** The tables that search or find looks through: those of its in-clause, or all of the catalog. */
export function searchedTables(node: SyntaxNode, scope: Scope): readonly SearchedInput[] {
  const clause = node.children.InClause;
  if (clause !== undefined) {
    return listOf(clause, 'Expressions').flatMap((item, index) => unionInputs(item, index, false, scope));
  }
  const views = viewsOf(scope).map(({ source, build }) => ({ plan: build(), source }));
  const tables = [...scope.context.catalog.tables].map(([name, { columns }]) => ({
    plan: { operator: 'table', name, columns } as Plan,
    source: name,
  }));
  return [...tables, ...views];
}

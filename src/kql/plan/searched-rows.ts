import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnType } from '../values/value.ts';
import { nameText } from './build-query.ts';
import type { Expression } from './expression.ts';
import type { Plan } from './plan.ts';
import { type Scope, withRow } from './scope.ts';

export type SearchedInput = { readonly plan: Plan; readonly source: string };

/** One table of search or find, the scope of its rows, and the condition over them. */
export type SearchedRows = SearchedInput & { readonly row: Scope; readonly predicate: Expression };

/**
 * The tables that can have rows that meet the condition: those with a column that it names, or all where it has a term for
 * any column. A column that only other tables have is null in this one.
 */
export function searchedRows(
  condition: SyntaxNode,
  inputs: readonly SearchedInput[],
  scope: Scope,
  build: (condition: SyntaxNode, row: Scope) => Expression,
): readonly SearchedRows[] {
  const elsewhere = new Map<string, ColumnType>(
    inputs.flatMap(({ plan }) => plan.columns.map(({ name, type }) => [name, type] as const)),
  );
  const named = hasTerm(condition) ? [] : [...namesIn(condition)].filter((name) => elsewhere.has(name));
  return inputs.flatMap((input): SearchedRows[] => {
    const has = (name: string): boolean => input.plan.columns.some((column) => column.name === name);
    if (inputs.length > 1 && named.length > 0 && !named.some(has)) return [];
    const row: Scope = { ...withRow(scope, input.plan), elsewhere };
    const predicate = unlessUnbound(() => build(condition, row), inputs.length > 1);
    return predicate === undefined ? [] : [{ ...input, row, predicate }];
  });
}

/** A table whose column of that name has a type that the condition cannot take is left out, where there are others. */
function unlessUnbound<T>(build: () => T, hasOthers: boolean): T | undefined {
  try {
    return build();
  } catch (error) {
    if (hasOthers && error instanceof KqlError && error.code === 'binding') return undefined;
    throw error;
  }
}

/** Whether a part of the condition looks through every column: a bare text or number, or `*`. */
function hasTerm(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'ParenthesizedExpression':
      return hasTerm(child(node, 'Expression'));
    case 'AndExpression':
    case 'OrExpression':
      return hasTerm(child(node, 'Left')) || hasTerm(child(node, 'Right'));
    case 'FunctionCallExpression':
      return node.text.startsWith('not') && listOf(child(node, 'ArgumentList'), 'Expressions').some(hasTerm);
    case 'NameReference':
      return false;
    default:
      return (
        /Literal/.test(node.kind) || node.kind === 'StarExpression' || node.children.Left?.kind === 'StarExpression'
      );
  }
}

function namesIn(node: SyntaxNode): ReadonlySet<string> {
  if (node.kind === 'NameReference') return new Set([nameText(node)]);
  return new Set([...Object.values(node.children), ...node.items].flatMap((part) => [...namesIn(part)]));
}

import { KqlError } from '../kql-error.ts';
import type { SyntaxNode } from '../parse/syntax.ts';
import type { ColumnType } from '../values/value.ts';
import { buildExpression, callFunction, columnReference } from './build-expression.ts';
import { type Expression, literal } from './expression.ts';
import type { Scope } from './scope.ts';

type SpecialCall = (node: SyntaxNode, args: readonly SyntaxNode[], scope: Scope) => Expression;

/** Calls that are decided while the query is planned, because they look at columns and not at values. */
const specialCalls: Readonly<Record<string, SpecialCall>> = {
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
  pack_all: packAll,
};

export const isSpecialCall = (name: string): boolean => name in specialCalls;

export function buildSpecialCall(
  name: string,
  node: SyntaxNode,
  args: readonly SyntaxNode[],
  scope: Scope,
): Expression {
  return (specialCalls[name] as SpecialCall)(node, args, scope);
}

/** column_ifexists(name, default): the column if the input has it, else the default. */
function columnIfExists(node: SyntaxNode, [name, fallback]: readonly SyntaxNode[], scope: Scope): Expression {
  if (name === undefined || fallback === undefined)
    throw new KqlError('binding', 'column_ifexists takes a name and a default', { span: node.span });
  const column = buildExpression(name, scope);
  if (column.kind !== 'literal' || typeof column.value !== 'string') {
    throw new KqlError('binding', 'the first argument of column_ifexists is a literal', { span: node.span });
  }
  return columnReference(column.value, scope) ?? buildExpression(fallback, scope);
}

/** pack_all([ignore_null_empty]): a bag of all columns of the row. */
function packAll(node: SyntaxNode, args: readonly SyntaxNode[], scope: Scope): Expression {
  const pairs = (scope.row ?? []).flatMap(({ name, type }: { name: string; type: ColumnType }, index): Expression[] => [
    literal('string', name),
    { kind: 'column', type, name, index },
  ]);
  const ignoreEmpty = args[0] === undefined ? literal('bool', false) : buildExpression(args[0], scope);
  return callFunction('pack-columns', [ignoreEmpty, ...pairs], node, scope);
}

import { KqlError } from '../kql-error.ts';
import type { SyntaxNode } from '../parse/syntax.ts';
import { buildExpression, callFunction } from './build-expression.ts';
import type { Expression } from './expression.ts';
import { type Scope, withBinding } from './scope.ts';

const SIZE = 'query_bin_auto_size';
const START = 'query_bin_auto_at';

/** Request properties stand under a name that no query can give to anything. */
const bindingName = (property: string): string => `set ${property}`;

/** The scope after `set property = value;`, where bin_auto() asks for the property. */
export function declareBinAuto(statement: SyntaxNode, property: string, scope: Scope): Scope {
  const node = statement.children.ValueClause?.children.Expression;
  if ((property !== SIZE && property !== START) || node === undefined) return scope;
  return withBinding(scope, bindingName(property), { kind: 'let', node, scope, built: {} });
}

/** bin_auto(value): bin() by the size that the query sets, or bin_at() where it sets a start too. */
export function buildBinAuto(node: SyntaxNode, args: readonly SyntaxNode[], scope: Scope): Expression {
  const size = propertyValue(SIZE, scope);
  if (args[0] === undefined || size === undefined) {
    throw new KqlError('unavailable', 'bin_auto() has no bin size: the portal that runs the query gives it', {
      span: node.span,
      hint: `set ${SIZE} = 1h; before the query, or use bin()`,
    });
  }
  const value = buildExpression(args[0], scope);
  const start = propertyValue(START, scope);
  return start === undefined
    ? callFunction('bin', [value, size], node, scope)
    : callFunction('bin_at', [value, size, start], node, scope);
}

function propertyValue(property: string, scope: Scope): Expression | undefined {
  const binding = scope.bindings.get(bindingName(property));
  return binding?.kind === 'let' ? buildExpression(binding.node, binding.scope) : undefined;
}

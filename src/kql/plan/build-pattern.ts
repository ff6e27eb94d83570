import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { buildPlan } from './build-plan.ts';
import { declareStatement, nameText } from './build-query.ts';
import { literal } from './expression.ts';
import type { Plan } from './plan.ts';
import { type Binding, type Scope, withBinding } from './scope.ts';

type Pattern = Extract<Binding, { kind: 'pattern' }>;

/** The pattern that a call such as `p("a")` or the first part of `p("a").b` names; undefined where it names none. */
export function patternOf(call: SyntaxNode, scope: Scope): Pattern | undefined {
  if (call.kind !== 'FunctionCallExpression') return undefined;
  const binding = scope.bindings.get(nameText(child(call, 'Name')));
  return binding?.kind === 'pattern' ? binding : undefined;
}

/** The query that a pattern maps its arguments and path to (pattern-statement). */
export function buildPatternCall(
  { declaration, scope: outer }: Pattern,
  call: SyntaxNode,
  path: string | undefined,
  scope: Scope,
): Plan {
  const args = listOf(child(call, 'ArgumentList'), 'Expressions').map((arg) => literalText(arg, scope));
  const match = listOf(declaration, 'Patterns').find((candidate) => {
    const values = listOf(child(candidate, 'ParameterValues'), 'Expressions').map((value) => literalText(value, outer));
    return pathOf(candidate, outer) === path && sameTexts(values, args);
  });
  if (match === undefined) throw undeclared(call, args, path);
  const parameters = listOf(declaration, 'Parameters').map((parameter) => nameText(child(parameter, 'Name')));
  let inner: Scope = { ...outer, aliases: scope.aliases };
  for (const [index, name] of parameters.entries()) {
    inner = withBinding(inner, name, { kind: 'scalar', expression: literal('string', args[index] ?? '') });
  }
  const pathParameter = declaration.children.PathParameter;
  if (pathParameter !== undefined && path !== undefined) {
    const name = nameText(child(child(pathParameter, 'Parameter'), 'Name'));
    inner = withBinding(inner, name, { kind: 'scalar', expression: literal('string', path) });
  }
  const body = child(match, 'Body');
  for (const statement of listOf(body, 'Statements')) inner = declareStatement(statement, inner);
  return buildPlan(child(body, 'Expression'), inner);
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

function pathOf(match: SyntaxNode, scope: Scope): string | undefined {
  const path = match.children.PathValue;
  return path === undefined ? undefined : literalText(child(path, 'Value'), scope);
}

function literalText(node: SyntaxNode, scope: Scope): string {
  const expression = buildExpression(node, scope);
  if (expression.kind === 'literal' && typeof expression.value === 'string') return expression.value;
  throw new KqlError('binding', 'a pattern maps literal texts', { span: node.span });
}

function undeclared(call: SyntaxNode, args: readonly string[], path: string | undefined): KqlError {
  const quoted = args.map((arg) => `'${arg}'`).join(', ');
  const reference = `${nameText(child(call, 'Name'))}(${quoted})${path === undefined ? '' : `.['${path}']`}`;
  return new KqlError('binding', `the pattern has no query for ${reference}`, {
    span: call.span,
    hint: 'a pattern knows the texts that its declaration lists, and no others',
  });
}

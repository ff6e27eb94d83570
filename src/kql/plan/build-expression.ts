import { constantValue } from '../expression/compile.ts';
import { scalarRegistry, tupleRegistry, windowRegistry } from '../functions/registry.ts';
import { parameterAt, resolveOverload, returnType } from '../functions/resolve-overload.ts';
import { refusedFunctions } from '../functions/scalar/refused-functions.ts';
import type { ScalarFunction } from '../functions/scalar-function.ts';
import type { WindowFunction } from '../functions/window-function.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { refusedCalls } from '../support/refused-calls.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildLiteral, isLiteral, isNowLiteral, minimumLong } from './build-literal.ts';
import { nameText } from './build-query.ts';
import { expandCall, resolveBinding } from './build-reference.ts';
import { boundScalar, buildListItem, buildToScalar } from './build-scalar-subquery.ts';
import { buildSpecialCall, isSpecialCall } from './build-special-call.ts';
import { type Expression, literal, noValue } from './expression.ts';
import type { Scope } from './scope.ts';

/** The expression that a scalar node stands for, its columns resolved against the scope's row. */
export function buildExpression(node: SyntaxNode, scope: Scope): Expression {
  // Not a literal of the plan: a prepared query runs at many times.
  if (isNowLiteral(node)) return callFunction('now', [], node, scope);
  if (isLiteral(node)) return buildLiteral(node);
  switch (node.kind) {
    case 'ParenthesizedExpression':
    case 'SimpleNamedExpression':
      return buildExpression(child(node, 'Expression'), scope);
    case 'NameReference':
      return buildName(node, scope);
    case 'FunctionCallExpression':
      return buildCall(node, scope);
    case 'UnaryMinusExpression':
      if (minimumLong(node) !== undefined) return literal('long', minimumLong(node) as bigint);
      return callFunction('unary-minus', [buildExpression(child(node, 'Expression'), scope)], node, scope);
    case 'UnaryPlusExpression':
      return callFunction('unary-plus', [buildExpression(child(node, 'Expression'), scope)], node, scope);
    case 'PathExpression':
      return buildPath(node, scope);
    case 'ElementExpression':
      return buildElement(node, scope);
    case 'BetweenExpression':
    case 'NotBetweenExpression':
      return buildBetween(node, scope);
    case 'ToScalarExpression':
      return buildToScalar(node, scope);
    case 'TypeOfLiteralExpression':
      return literal('string', listOf(node, 'Types')[0]?.symbol?.name ?? '');
    default:
      if (node.children.Left !== undefined && node.children.Operator !== undefined) return buildBinary(node, scope);
      throw new KqlError('unsupported', `${node.kind} is not supported here`, { span: node.span });
  }
}

/** A call of a registry row with its arguments; the overload is chosen by the arguments' types. */
export function callFunction(name: string, args: readonly Expression[], node: SyntaxNode, scope: Scope): Expression {
  const fn = scalarRegistry.get(name);
  if (fn === undefined) {
    const reason = refusedFunctions[name] ?? refusedCalls[name];
    throw new KqlError('unsupported', `'${name}' is not supported${reason === undefined ? '' : `: ${reason}`}`, {
      span: node.span,
      hint: tupleRegistry.has(name)
        ? `${name}() yields several columns: name it in extend, project or print by itself`
        : 'docs/kql-support.md lists the functions',
    });
  }
  return callOf(fn, args, node, scope);
}

/** A call of the function given. */
export function callOf(fn: ScalarFunction, args: readonly Expression[], node: SyntaxNode, scope: Scope): Expression {
  const types = args.map((arg) => arg.type);
  const overload = resolveOverload(fn, types);
  if (overload === undefined) throw noOverload(fn, types, node);
  const constants = args.map((arg) => constantValue(arg, scope.context));
  return {
    kind: 'call',
    type: returnType(overload, types, constants),
    function: fn,
    overload,
    arguments: args,
    span: node.span,
  };
}

const noOverload = (fn: ScalarFunction, types: readonly string[], node: SyntaxNode): KqlError =>
  new KqlError('binding', `${fn.name} does not take (${types.join(', ')})`, {
    span: node.span,
    hint: `it is ${fn.signature}`,
  });

function buildName(node: SyntaxNode, scope: Scope): Expression {
  const name = nameText(node);
  const column = node.symbol?.kind === 'Column' || node.symbol === undefined ? columnReference(name, scope) : undefined;
  if (column !== undefined) return column;
  const binding = resolveBinding(scope, name);
  if (binding?.kind === 'scalar') return boundScalar(name, binding, node, scope);
  if (binding?.kind === 'function') return expandCall(node, name, [], scope, buildExpression);
  const fallback = columnReference(name, scope);
  if (fallback !== undefined) return fallback;
  const missing = scope.elsewhere?.get(name);
  if (missing !== undefined) return noValue(missing);
  throw new KqlError('binding', `the name ${name} means nothing here`, { span: node.span });
}

/** The column of that name in the current row; undefined where there is none. */
export function columnReference(name: string, scope: Scope): Expression | undefined {
  const index = scope.row?.findIndex((column) => column.name === name) ?? -1;
  const column = scope.row?.[index];
  return column === undefined ? undefined : { kind: 'column', type: column.type, name, index };
}

function buildCall(node: SyntaxNode, scope: Scope): Expression {
  const name = nameText(child(node, 'Name'));
  const args = listOf(child(node, 'ArgumentList'), 'Expressions');
  const isUserDefined =
    scope.bindings.get(name)?.kind === 'function' || scope.context.catalog.functions?.has(name) === true;
  if (isUserDefined) return expandCall(node, name, args, scope, buildExpression);
  if (isSpecialCall(name)) return buildSpecialCall(name, node, args, scope);
  const built = args.map((arg) => buildExpression(arg, scope));
  const window = windowRegistry.get(name);
  return window === undefined ? callFunction(name, built, node, scope) : callWindow(window, built, node, scope);
}

function callWindow(fn: WindowFunction, args: readonly Expression[], node: SyntaxNode, scope: Scope): Expression {
  if (scope.isSerialized !== true) {
    throw new KqlError('binding', `${fn.name} needs rows in an order`, {
      span: node.span,
      hint: 'put serialize or sort by before it',
    });
  }
  if (args.some((_, index) => parameterAt(fn, index) === undefined)) {
    throw new KqlError('binding', `${fn.name} takes fewer arguments`, {
      span: node.span,
      hint: `it is ${fn.signature}`,
    });
  }
  return {
    kind: 'window',
    type: fn.returns(args.map((arg) => arg.type)),
    function: fn,
    arguments: args,
    span: node.span,
  };
}

function buildBinary(node: SyntaxNode, scope: Scope): Expression {
  const operator = child(node, 'Operator').text.replace(/\s+/g, ' ');
  if (child(node, 'Left').kind === 'StarExpression') return buildAnyColumn(operator, node, scope);
  const left = buildExpression(child(node, 'Left'), scope);
  const right = child(node, 'Right');
  const name = operator === '<>' ? '!=' : operator;
  if (right.kind !== 'ExpressionList') return callFunction(name, [left, buildExpression(right, scope)], node, scope);
  const items = listOf(right, 'Expressions').map((item) => buildListItem(item, scope));
  return callFunction(name, [left, ...items], node, scope);
}

/** `* has "text"`: true where any column, as text, passes the test. */
function buildAnyColumn(operator: string, node: SyntaxNode, scope: Scope): Expression {
  const right = buildExpression(child(node, 'Right'), scope);
  const tests = (scope.row ?? []).map(({ name, type }, index) => {
    const column: Expression = { kind: 'column', type, name, index };
    const text = type === 'string' ? column : callFunction('tostring', [column], node, scope);
    return callFunction(operator, [text, right], node, scope);
  });
  return tests.reduce<Expression>((any, test) => callFunction('or', [any, test], node, scope), literal('bool', false));
}

function buildBetween(node: SyntaxNode, scope: Scope): Expression {
  const range = child(node, 'Right');
  const value = buildExpression(child(node, 'Left'), scope);
  const low = buildExpression(child(range, 'First'), scope);
  const second = buildExpression(child(range, 'Second'), scope);
  // `between (start .. 1d)`: a timespan on the right counts from the left end.
  const high =
    low.type === 'datetime' && second.type === 'timespan' ? callFunction('+', [low, second], node, scope) : second;
  const inside = callFunction(
    'and',
    [callFunction('>=', [value, low], node, scope), callFunction('<=', [value, high], node, scope)],
    node,
    scope,
  );
  return node.kind === 'BetweenExpression' ? inside : callFunction('not', [inside], node, scope);
}

function buildPath(node: SyntaxNode, scope: Scope): Expression {
  const target = child(node, 'Expression');
  const selector = child(node, 'Selector');
  const side = target.kind === 'NameReference' ? sideColumns(nameText(target), scope) : undefined;
  if (side !== undefined) {
    const column = columnReference(nameText(selector), { ...scope, row: side });
    if (column !== undefined) return column;
    throw new KqlError('binding', `${nameText(target)} has no column ${nameText(selector)}`, { span: node.span });
  }
  const record = target.kind === 'NameReference' ? scope.records?.get(nameText(target)) : undefined;
  if (record !== undefined) return recordColumn(record, selector, node);
  const key =
    selector.kind === 'BracketedExpression'
      ? buildExpression(child(selector, 'Expression'), scope)
      : literal('string', nameText(selector));
  return callFunction('dynamic-member', [buildExpression(target, scope), key], node, scope);
}

/** A column of a scan step's state. */
function recordColumn(
  { columns, offset }: { readonly columns: readonly ColumnDefinition[]; readonly offset: number },
  selector: SyntaxNode,
  node: SyntaxNode,
): Expression {
  const name = nameText(selector);
  const index = columns.findIndex((column) => column.name === name);
  const column = columns[index];
  if (column === undefined) throw new KqlError('binding', `the step has no column ${name}`, { span: node.span });
  return { kind: 'column', type: column.type, name, index: offset + index };
}

function sideColumns(name: string, scope: Scope): Scope['row'] {
  if (name === '$left') return scope.sides?.left;
  return name === '$right' ? scope.sides?.right : undefined;
}

function buildElement(node: SyntaxNode, scope: Scope): Expression {
  const selector = child(node, 'Selector');
  const index = buildExpression(
    selector.kind === 'BracketedExpression' ? child(selector, 'Expression') : selector,
    scope,
  );
  return callFunction('dynamic-member', [buildExpression(child(node, 'Expression'), scope), index], node, scope);
}

import { findTable } from '../catalog.ts';
import { constantValue } from '../expression/compile.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnType } from '../values/value.ts';
import { buildExpression, callFunction } from './build-expression.ts';
import { declaredColumn } from './build-parse.ts';
import { buildPatternCall, patternOf } from './build-pattern.ts';
import { buildPlan } from './build-plan.ts';
import { declareStatement, nameText } from './build-query.ts';
import { type Expression, literal } from './expression.ts';
import type { Plan } from './plan.ts';
import { checkSize } from './plan-size.ts';
import { savedFunction } from './saved-function.ts';
import { type Binding, type Scope, withBinding } from './scope.ts';

const MAX_CALL_DEPTH = 64;
const MAX_EXPANSIONS = 4_000;

/** The plan that a name or a call of a tabular function stands for. */
export function buildReference(node: SyntaxNode, scope: Scope): Plan {
  const pattern = patternOf(node, scope);
  if (pattern !== undefined) return buildPatternCall(pattern, node, undefined, scope);
  if (node.kind === 'FunctionCallExpression') return buildTabularCall(node, scope);
  if (node.kind === 'PathExpression') {
    const call = child(node, 'Expression');
    const called = patternOf(call, scope);
    if (called !== undefined) return buildPatternCall(called, call, nameText(child(node, 'Selector')), scope);
    throw new KqlError('unsupported', `${node.text} is out of reach: the workspace given is the only one`, {
      span: node.span,
      hint: 'name the table alone, and give its rows with the logs',
    });
  }
  const name = nameText(node);
  const binding = resolveBinding(scope, name);
  if (binding !== undefined) return tableOf(binding, node, scope);
  const alias = scope.aliases.get(name);
  if (alias !== undefined) return alias;
  if (scope.context.catalog.functions?.has(name) === true) return expandCall(node, name, [], scope, buildPlan);
  return buildTable(name, node, scope);
}

export function buildTable(name: string, node: SyntaxNode, scope: Scope): Plan {
  const table = findTable(scope.context.catalog, name);
  if (table === undefined) {
    throw new KqlError('binding', `the table ${name} does not exist`, { span: node.span });
  }
  return { operator: 'table', name, columns: table.columns };
}

function tableOf(binding: Binding, node: SyntaxNode, scope: Scope): Plan {
  switch (binding.kind) {
    case 'table':
      return binding.plan;
    case 'function':
      return expandCall(node, nameText(node), [], scope, buildPlan);
    case 'pattern':
      throw new KqlError('binding', `${nameText(node)} is a pattern: call it with its arguments`, { span: node.span });
    case 'let':
    case 'scalar':
      throw new KqlError('binding', `${nameText(node)} is a scalar, a table is needed`, { span: node.span });
    default:
      return binding satisfies never;
  }
}

/** What a name is bound to, a let statement built on its first use; undefined where it is no let, argument or function. */
export function resolveBinding(scope: Scope, name: string): Binding | undefined {
  const binding = scope.bindings.get(name);
  if (binding?.kind !== 'let') return binding;
  if (binding.built.value === undefined) {
    const built = buildLet(binding.node, binding.scope);
    checkSize(name, built.kind === 'table' ? built.plan : built.expression, binding.node.span);
    binding.built.value = built;
  }
  return binding.built.value;
}

function buildLet(node: SyntaxNode, scope: Scope): Extract<Binding, { kind: 'table' | 'scalar' }> {
  if (node.columns !== undefined) return { kind: 'table', plan: buildPlan(node, scope) };
  return { kind: 'scalar', expression: buildExpression(node, scope), rowIdentity: scope.rowIdentity };
}

function buildTabularCall(node: SyntaxNode, scope: Scope): Plan {
  const name = nameText(child(node, 'Name'));
  const args = listOf(child(node, 'ArgumentList'), 'Expressions');
  if (name === 'table' && !scope.bindings.has(name)) {
    const first = args[0] === undefined ? undefined : buildExpression(args[0], scope);
    if (first?.kind === 'literal' && typeof first.value === 'string') return buildTable(first.value, node, scope);
    throw new KqlError('unsupported', 'table() takes the name of a table as a literal', { span: node.span });
  }
  if (node.columns === undefined && node.type !== undefined) {
    throw new KqlError('binding', `${name}() is a scalar, a table is needed`, { span: node.span });
  }
  return expandCall(node, name, args, scope, buildPlan);
}

/** Expands a call of a user-defined function: its body, bound to this call by the binder, with the arguments as bindings. */
export function expandCall<T>(
  node: SyntaxNode,
  name: string,
  args: readonly SyntaxNode[],
  scope: Scope,
  build: (body: SyntaxNode, scope: Scope) => T,
  piped?: Plan,
): T {
  if (scope.depth >= MAX_CALL_DEPTH) {
    throw new KqlError('limit', `${name} calls functions more than ${MAX_CALL_DEPTH} deep`, { span: node.span });
  }
  countExpansion(name, node, scope);
  const binding = scope.bindings.get(name);
  const declared = binding?.kind === 'function' ? binding : savedFunction(name, scope, node.span);
  const body = node.calledBody();
  if (body === undefined || declared === undefined) {
    throw new KqlError('unsupported', `the call of ${name} cannot be expanded: functions must not call themselves`, {
      span: node.span,
    });
  }
  let inner: Scope = {
    ...declared.scope,
    aliases: scope.aliases,
    depth: scope.depth + 1,
    row: scope.row,
    rowIdentity: scope.rowIdentity,
    isSerialized: scope.isSerialized === true,
    ...(scope.arrival === undefined ? {} : { arrival: scope.arrival }),
  };
  for (const [parameter, argument] of bindArguments(declared.declaration, args, scope, piped)) {
    inner = withBinding(inner, parameter, argument);
  }
  for (const statement of listOf(body, 'Statements')) inner = declareStatement(statement, inner);
  return build(child(body, 'Expression'), inner);
}

/** Calls expanded so far, by the query; functions that call each other twice multiply. */
const expansions = new WeakMap<QueryContext, number>();

function countExpansion(name: string, { span }: SyntaxNode, { context }: Scope): void {
  const count = (expansions.get(context) ?? 0) + 1;
  expansions.set(context, count);
  if (count <= MAX_EXPANSIONS) return;
  throw new KqlError('limit', `the functions of the query are called more than ${MAX_EXPANSIONS} times, ${name} last`, {
    span,
    hint: 'name a result that is used again with let',
  });
}

/** Parameter names with what they are bound to: positional, named, or their default. */
function bindArguments(
  declaration: SyntaxNode,
  args: readonly SyntaxNode[],
  scope: Scope,
  piped: Plan | undefined,
): [string, Binding][] {
  const parameters = declaration.children.Parameters;
  const names = parameters === undefined ? [] : listOf(parameters, 'Parameters');
  const named = new Map(
    args.flatMap((arg) =>
      arg.kind === 'SimpleNamedExpression' ? [[nameText(child(arg, 'Name')), child(arg, 'Expression')]] : [],
    ) as [string, SyntaxNode][],
  );
  const positional = args.filter((arg) => arg.kind !== 'SimpleNamedExpression');
  let position = 0;
  return names.map((parameter, index) => {
    const name = nameText(child(child(parameter, 'NameAndType'), 'Name'));
    if (index === 0 && piped !== undefined) return [name, { kind: 'table', plan: piped }];
    const argument = named.get(name) ?? positional[position++] ?? parameter.children.DefaultValue?.children.Value;
    if (argument === undefined)
      throw new KqlError('binding', `the argument ${name} is missing`, { span: declaration.span });
    return [name, bindArgument(argument, parameter, scope)];
  });
}

function bindArgument(argument: SyntaxNode, parameter: SyntaxNode, scope: Scope): Binding {
  if (argument.columns !== undefined && argument.type === undefined) {
    return { kind: 'table', plan: buildPlan(argument, scope) };
  }
  const expression = buildExpression(argument, scope);
  const declaration = child(parameter, 'NameAndType');
  const isTabular = child(declaration, 'Type').kind === 'SchemaTypeExpression';
  const converted = isTabular ? expression : asDeclared(expression, declaredColumn(declaration).type, argument, scope);
  return { kind: 'scalar', expression: converted, rowIdentity: scope.rowIdentity };
}

/** Which function makes a value of each type. Whatever is given for a dynamic parameter stays what it is. */
const conversions: Readonly<Record<ColumnType, string | undefined>> = {
  bool: 'tobool',
  datetime: 'todatetime',
  decimal: 'todecimal',
  dynamic: undefined,
  guid: 'toguid',
  int: 'toint',
  long: 'tolong',
  real: 'toreal',
  string: 'tostring',
  timespan: 'totimespan',
};

/** An argument has its parameter's type inside the function: `(x: real) { x / 2 }` of 5 is 2.5. */
function asDeclared(expression: Expression, type: ColumnType, node: SyntaxNode, scope: Scope): Expression {
  const conversion = conversions[type];
  if (expression.type === type || conversion === undefined) return expression;
  const converted = callFunction(conversion, [expression], node, scope);
  // Of other constants the value is not known yet: now() has one only when the query runs.
  const value = expression.kind === 'literal' ? constantValue(converted, scope.context) : undefined;
  return value === undefined ? converted : literal(type, value);
}

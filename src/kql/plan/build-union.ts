import { findTable } from '../catalog.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildPlan } from './build-plan.ts';
import { declareStatement, nameText } from './build-query.ts';
import { resolveBinding } from './build-reference.ts';
import { nameMatcher } from './name-pattern.ts';
import { parameterText } from './operator-parameters.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';
import { mapToUnion, unionColumns } from './union-columns.ts';

type UnionInput = { readonly plan: Plan; readonly source: string };

export const buildUnionSource = (node: SyntaxNode, scope: Scope): Plan => unionOf(node, [], scope);

export const buildUnion = (node: SyntaxNode, input: Plan, scope: Scope): Plan =>
  unionOf(node, [{ plan: input, source: pipedName(scope) ?? 'union_arg0' }], scope);

function unionOf(node: SyntaxNode, first: readonly UnionInput[], scope: Scope): Plan {
  const isFuzzy = parameterText(node, 'isfuzzy')?.toLowerCase() === 'true';
  const sourceColumn = parameterText(node, 'withsource') ?? parameterText(node, 'with_source');
  const inputs = [...first];
  for (const item of listOf(node, 'Expressions')) inputs.push(...unionInputs(item, inputs.length, isFuzzy, scope));
  return unionPlans(inputs, node, sourceColumn, parameterText(node, 'kind') === 'inner');
}

/** The union of plans. */
export function unionPlans(
  inputs: readonly UnionInput[],
  node: SyntaxNode,
  sourceColumn?: string,
  isInner = false,
): Plan {
  if (inputs.length === 0) throw new KqlError('binding', 'no table of the union exists', { span: node.span });
  const columns = unionColumns(
    inputs.map(({ plan }) => plan),
    sourceColumn,
    isInner,
  );
  return {
    operator: 'union',
    columns: columns.map(({ name, type }) => ({ name, type })),
    inputs: inputs.map(({ plan, source }) => ({ plan, outputs: mapToUnion(columns, plan, source) })),
  };
}

/** One item of a union: an expression, a name, or a pattern that stands for every table that it matches. */
export function unionInputs(node: SyntaxNode, position: number, isFuzzy: boolean, scope: Scope): readonly UnionInput[] {
  if (node.kind === 'NameReference') {
    const name = nameText(node);
    if (name.includes('*')) return matchingInputs(name, scope);
    const isKnown =
      resolveBinding(scope, name) !== undefined ||
      scope.aliases.has(name) ||
      scope.context.catalog.functions?.has(name) === true;
    if (isFuzzy && !isKnown && findTable(scope.context.catalog, name) === undefined) return [];
    const source = isKnown ? viewName(name, scope) : tableName(name, scope);
    return [{ plan: buildPlan(node, scope), source: source ?? `union_arg${position}` }];
  }
  const plan = isFuzzy ? buildIfItExists(node, scope) : buildPlan(node, scope);
  return plan === undefined ? [] : [{ plan, source: sourceName(node, position, scope) }];
}

/** isfuzzy: an input that reads a table that does not exist is left out. */
function buildIfItExists(node: SyntaxNode, scope: Scope): Plan | undefined {
  try {
    return buildPlan(node, scope);
  } catch (error) {
    if (error instanceof KqlError && error.code === 'binding') return undefined;
    throw error;
  }
}

const sourceName = (node: SyntaxNode, position: number, scope: Scope): string =>
  rowsName(node, scope) ?? `union_arg${position}`;

/** The name of the rows before the bar, where they have one. */
export const pipedName = ({ piped, ...scope }: Scope): string | undefined =>
  piped === undefined ? undefined : rowsName(piped, scope);

/** Rows are named by `as` where it ends them, and else by the table that they begin with. */
function rowsName(node: SyntaxNode, scope: Scope): string | undefined {
  let inner = node;
  while (inner.kind === 'ParenthesizedExpression') inner = child(inner, 'Expression');
  const last = inner.children.Operator;
  if (last?.kind === 'AsOperator') return nameText(child(last, 'Name'));
  while (inner.kind === 'ParenthesizedExpression' || inner.kind === 'PipeExpression')
    inner = child(inner, 'Expression');
  const name = inner.kind === 'NameReference' ? nameText(inner) : '';
  return scope.bindings.has(name) ? undefined : tableName(name, scope);
}

/** The name of the table that a name stands for: its own, or that of the table that a stage of the query read. */
const tableName = (name: string, { context: { catalog } }: Scope): string | undefined =>
  catalog.tables.has(name) ? name : catalog.staged?.get(name)?.origin;

/** The tables and the views that a pattern matches, in the order of their names. */
function matchingInputs(pattern: string, scope: Scope): readonly UnionInput[] {
  const matches = nameMatcher(pattern);
  const tables = [...scope.context.catalog.tables.keys()].map((name) => ({
    source: name,
    build: () => tablePlan(name, scope),
  }));
  return [...tables, ...viewsOf(scope)]
    .filter(({ source }) => matches(source))
    .sort((a, b) => (a.source < b.source ? -1 : 1))
    .map(({ source, build }) => ({ plan: build(), source }));
}

const viewName = (name: string, scope: Scope): string | undefined =>
  viewsOf(scope).some(({ source }) => source === name) ? name : undefined;

/** The let statements that are declared as views: patterns and search see them as tables. */
export function viewsOf(scope: Scope): readonly { readonly source: string; readonly build: () => Plan }[] {
  return [...scope.bindings].flatMap(([source, binding]) => {
    if (binding.kind !== 'function' || binding.declaration.children.ViewKeyword === undefined) return [];
    return [
      {
        source,
        build: () =>
          buildFunctionBody(child(binding.declaration, 'Body'), { ...binding.scope, aliases: scope.aliases }),
      },
    ];
  });
}

function buildFunctionBody(body: SyntaxNode, initial: Scope): Plan {
  let scope = initial;
  for (const statement of listOf(body, 'Statements')) scope = declareStatement(statement, scope);
  return buildPlan(child(body, 'Expression'), scope);
}

const tablePlan = (name: string, scope: Scope): Plan => ({
  operator: 'table',
  name,
  columns: scope.context.catalog.tables.get(name)?.columns ?? [],
});

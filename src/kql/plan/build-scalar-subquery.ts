import { KqlError } from '../kql-error.ts';
import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildExpression } from './build-expression.ts';
import { buildPlan } from './build-plan.ts';
import type { Expression } from './expression.ts';
import type { Plan } from './plan.ts';
import type { Binding, Scope } from './scope.ts';

/** The scope of a table inside an expression: it is computed once, and so sees nothing of the rows around it. */
const outsideRows = (scope: Scope): Scope => ({ ...scope, row: undefined, rowIdentity: {} });

const known = new WeakMap<Scope['bindings'], Map<string, Expression>>();

/**
 * toscalar(table or value): computed once a run, so that `let g = toscalar(new_guid())` names one value. Calls of a function
 * agree too, where nothing is given to it: `let f = () { toscalar(rand()) }; print f() == f()` (named-expressions).
 */
export function buildToScalar(node: SyntaxNode, scope: Scope): Expression {
  // Names given by `as` change from operator to operator.
  if (scope.depth === 0 || scope.aliases.size > 0) return scalarOf(node, outsideRows(scope));
  const built = known.get(scope.bindings) ?? new Map<string, Expression>();
  known.set(scope.bindings, built);
  const expression = built.get(node.text) ?? scalarOf(node, outsideRows(scope));
  built.set(node.text, expression);
  return expression;
}

function scalarOf(node: SyntaxNode, scope: Scope): Expression {
  const inner = child(node, 'Expression');
  if (inner.columns !== undefined) {
    return { kind: 'toscalar', type: node.type ?? 'dynamic', plan: buildPlan(inner, scope) };
  }
  const expression = buildExpression(inner, scope);
  if (expression.kind === 'literal') return expression;
  const { type } = expression;
  const plan: Plan = {
    operator: 'print',
    columns: [{ name: 'print_0', type }],
    outputs: [{ name: 'print_0', expression }],
  };
  return { kind: 'toscalar', type, plan };
}

/** An item of `in (…)`: a scalar, or a table whose first column is the list. */
export function buildListItem(node: SyntaxNode, scope: Scope): Expression {
  if (node.columns === undefined || node.type !== undefined) return buildExpression(node, scope);
  return { kind: 'column-values', type: 'dynamic', plan: buildPlan(node, outsideRows(scope)) };
}

/** The value of a name; an argument that reads a row means something among the rows of the call alone. */
export function boundScalar(
  name: string,
  { expression, rowIdentity }: Extract<Binding, { kind: 'scalar' }>,
  node: SyntaxNode,
  scope: Scope,
): Expression {
  if (rowIdentity === undefined || rowIdentity === scope.rowIdentity || !readsRow(expression)) return expression;
  throw new KqlError('binding', `${name} is a value of a row, and these are the rows of another table`, {
    span: node.span,
    hint: 'a table inside a function is computed once, not for each row: use join or lookup',
  });
}

function readsRow(expression: Expression): boolean {
  switch (expression.kind) {
    case 'column':
    case 'window':
      return true;
    case 'call':
      return expression.arguments.some(readsRow);
    case 'literal':
    case 'toscalar':
    case 'column-values':
      return false;
    default:
      return expression satisfies never;
  }
}

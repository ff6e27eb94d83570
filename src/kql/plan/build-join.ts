import { scalarRegistry } from '../functions/registry.ts';
import { resolveOverload } from '../functions/resolve-overload.ts';
import { KqlError } from '../kql-error.ts';
import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { buildExpression, columnReference } from './build-expression.ts';
import { buildPlan } from './build-plan.ts';
import { nameText } from './build-query.ts';
import { parameterText } from './operator-parameters.ts';
import { boundColumns } from './outputs.ts';
import type { JoinKind, JoinOutput, JoinPlan, Plan } from './plan.ts';
import type { Scope } from './scope.ts';

/** Every spelling of a join kind. */
const kinds: Readonly<Record<string, JoinKind>> = {
  innerunique: 'innerunique',
  inner: 'inner',
  leftouter: 'leftouter',
  rightouter: 'rightouter',
  fullouter: 'fullouter',
  leftsemi: 'leftsemi',
  leftanti: 'leftanti',
  leftantisemi: 'leftanti',
  anti: 'leftanti',
  rightsemi: 'rightsemi',
  rightanti: 'rightanti',
  rightantisemi: 'rightanti',
};

export function buildJoin(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const said = parameterText(node, 'kind') ?? 'innerunique';
  const kind = kinds[said.toLowerCase()];
  if (kind === undefined) throw new KqlError('binding', `there is no join kind '${said}'`, { span: node.span });
  const right = buildPlan(child(node, 'Expression'), scope);
  const keys = buildCondition(node, input, right, scope);
  const outputs = joinOutputs(kind, input.columns, right.columns);
  const names = boundColumns(node).map(({ name }) => name);
  return {
    operator: 'join',
    kind,
    left: input,
    right,
    keys,
    outputs,
    columns: nameOutputs(outputs, names, input, right),
  };
}

function buildCondition(node: SyntaxNode, left: Plan, right: Plan, scope: Scope): JoinPlan['keys'] {
  const clause = node.children.ConditionClause;
  if (clause?.kind === 'JoinOnClause') return buildJoinKeys(clause, left, right, scope);
  if (clause?.kind === 'JoinWhereClause') {
    return checkedKeys(clause, whereKeysOf(child(clause, 'Expression'), left.columns, right.columns, scope));
  }
  throw new KqlError('unsupported', 'join without a condition is not supported', { span: node.span });
}

const keepsLeft = (kind: JoinKind): boolean => kind !== 'rightsemi' && kind !== 'rightanti';
const keepsRight = (kind: JoinKind): boolean => kind !== 'leftsemi' && kind !== 'leftanti';

function joinOutputs(
  kind: JoinKind,
  left: readonly ColumnDefinition[],
  right: readonly ColumnDefinition[],
): readonly JoinOutput[] {
  return [
    ...(keepsLeft(kind) ? left.map((_, index) => ({ side: 'left' as const, index })) : []),
    ...(keepsRight(kind) ? right.map((_, index) => ({ side: 'right' as const, index })) : []),
  ];
}

/**
 * The columns of a join, named as the binder names them. Where an input reads a table that is not there (isfuzzy), the
 * binder knows other columns than the plan has, so its names cannot be taken by position: then the rule itself names them
 * (a column of the right side whose name is taken gets the first free number; join-operator page).
 */
export function nameOutputs(
  outputs: readonly JoinOutput[],
  names: readonly string[],
  left: Plan,
  right: Plan,
): readonly ColumnDefinition[] {
  const own = outputs.map(({ side, index }) => (side === 'left' ? left : right).columns[index] as ColumnDefinition);
  const isBound = names.length === own.length && own.every(({ name }, position) => numbered(name, names[position]));
  const given = isBound ? names : numberRepeated(own.map(({ name }) => name));
  return own.map(({ name, type }, position) => ({ name: given[position] ?? name, type }));
}

const numbered = (name: string, given: string | undefined): boolean =>
  given?.startsWith(name) === true && /^\d*$/.test(given.slice(name.length));

function numberRepeated(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let given = name;
    for (let number = 1; taken.has(given); number++) given = `${name}${number}`;
    taken.add(given);
    return given;
  });
}

/** The pairs of an on-clause: a common name, or `$left.a == $right.b` in either order, also joined by `and`. */
export function buildJoinKeys(clause: SyntaxNode, left: Plan, right: Plan, scope: Scope): JoinPlan['keys'] {
  const sides: Scope = { ...scope, row: undefined, sides: { left: left.columns, right: right.columns } };
  return checkedKeys(
    clause,
    listOf(clause, 'Expressions').flatMap((item) => joinKeysOf(item, sides)),
  );
}

function checkedKeys(clause: SyntaxNode, keys: JoinPlan['keys']): JoinPlan['keys'] {
  if (keys.some((key) => key.left.type === 'dynamic' || key.right.type === 'dynamic')) {
    throw new KqlError('binding', 'rows cannot be joined by a dynamic column', {
      span: clause.span,
      hint: 'convert the key first on both sides: extend Key = tostring(…)',
    });
  }
  return keys;
}

function joinKeysOf(node: SyntaxNode, scope: Scope): JoinPlan['keys'] {
  const { left, right } = scope.sides as NonNullable<Scope['sides']>;
  if (node.kind === 'ParenthesizedExpression') return joinKeysOf(child(node, 'Expression'), scope);
  if (node.kind === 'AndExpression')
    return [...joinKeysOf(child(node, 'Left'), scope), ...joinKeysOf(child(node, 'Right'), scope)];
  if (node.kind === 'NameReference') {
    const leftKey = columnReference(nameText(node), { ...scope, row: left });
    const rightKey = columnReference(nameText(node), { ...scope, row: right });
    if (leftKey !== undefined && rightKey !== undefined) return [{ left: leftKey, right: rightKey }];
  }
  if (node.kind === 'EqualExpression') {
    const first = buildExpression(child(node, 'Left'), scope);
    const second = buildExpression(child(node, 'Right'), scope);
    const equals = scalarRegistry.get('==');
    if (equals !== undefined && resolveOverload(equals, [first.type, second.type]) !== undefined) {
      return sideOf(child(node, 'Left')) === '$right'
        ? [{ left: second, right: first }]
        : [{ left: first, right: second }];
    }
  }
  throw new KqlError('unsupported', 'a join condition is a column name or $left.a == $right.b', { span: node.span });
}

/**
 * The pairs of `join … where Left == Right`, in which a name is that of a column of the left side or else of the right. No
 * page describes the clause; rules of the Content hub use it with equal columns, and nothing else is taken here.
 */
function whereKeysOf(
  node: SyntaxNode,
  left: readonly ColumnDefinition[],
  right: readonly ColumnDefinition[],
  scope: Scope,
): JoinPlan['keys'] {
  if (node.kind === 'ParenthesizedExpression') return whereKeysOf(child(node, 'Expression'), left, right, scope);
  if (node.kind === 'AndExpression') {
    return ['Left', 'Right'].flatMap((side) => whereKeysOf(child(node, side), left, right, scope));
  }
  const names = node.kind === 'EqualExpression' ? [child(node, 'Left'), child(node, 'Right')] : [];
  const columns = names.map((name) => {
    const said = name.kind === 'NameReference' ? nameText(name) : undefined;
    if (said === undefined) return undefined;
    const own = columnReference(said, { ...scope, row: left });
    const column = own ?? columnReference(said, { ...scope, row: right });
    return column === undefined ? undefined : { column, isLeft: own !== undefined };
  });
  const first = columns.find((found) => found?.isLeft === true);
  const second = columns.find((found) => found?.isLeft === false);
  if (first !== undefined && second !== undefined) return [{ left: first.column, right: second.column }];
  throw new KqlError('unsupported', 'join … where compares a column of the one side with one of the other', {
    span: node.span,
    hint: 'name the columns: | join … on $left.A == $right.B',
  });
}

const sideOf = (node: SyntaxNode): string =>
  node.kind === 'PathExpression' ? nameText(child(node, 'Expression')) : '';

import { windowRegistry } from '../kql/functions/registry.ts';
import { child, listOf, type SyntaxNode } from '../kql/parse/syntax.ts';
import { nameText } from '../kql/plan/build-query.ts';
import {
  declaredNames,
  findNodes,
  joinKind,
  type NodePath,
  parentOf,
  plainColumn,
  plainColumns,
} from './syntax-path.ts';

/** The way of rows from a where operator to the result of the query. */
export type Flow = {
  /** The project operators on the way: what they do not name gets lost. */
  readonly projects: readonly SyntaxNode[];
};

/** Operators that make each row from one row, unless they call a function that looks at the rows around it. */
const rowOperators: ReadonlySet<string> = new Set([
  'FilterOperator',
  'ExtendOperator',
  'ProjectOperator',
  'MvExpandOperator',
  'SortOperator',
]);

/** Whether leaving out rows before the operator is the same as leaving them out after it. */
const isRowByRow = (operator: SyntaxNode): boolean =>
  rowOperators.has(operator.kind) && findNodes(operator, mayLookAround).length === 0;

/** Window functions do, and a function of the query's own may call one. */
const mayLookAround = (node: SyntaxNode): boolean =>
  node.kind === 'FunctionCallExpression' &&
  (windowRegistry.has(nameText(child(node, 'Name'))) || node.calledBody() !== undefined);

/**
 * Follows rows from a pipe to the result. Undefined where an operator on the way looks at several rows at once, or where
 * rows take a second way into the result: then leaving them out early is not the same as leaving them out late.
 *
 * A let variable may be used a second time in one form, which rules use to read the baseline of suspects only:
 * `where K in ((Suspects | project K))` before an inner join with the suspects on K. Every row of the baseline whose K a
 * suspect has passes it, whatever other suspects there are; what follows treats each K apart; and the join drops every
 * K that no suspect has. So rows of the result do not depend on suspects with another K.
 */
export function followToResult(pipe: NodePath, root: SyntaxNode): Flow | undefined {
  const projects: SyntaxNode[] = [];
  let at: NodePath = pipe;
  for (;;) {
    const around = parentOf(at);
    if (around === undefined) return undefined;
    const step = stepOver(at.node, around, root);
    if (step === undefined) return undefined;
    if (step === 'result') return { projects };
    if (step.project !== undefined) projects.push(step.project);
    at = step.to;
  }
}

type Step = { readonly to: NodePath; readonly project?: SyntaxNode };

function stepOver(from: SyntaxNode, around: NodePath, root: SyntaxNode): Step | 'result' | undefined {
  const { node } = around;
  switch (node.kind) {
    case 'ExpressionStatement':
      return 'result';
    case 'ParenthesizedExpression':
    case 'MaterializeExpression':
      return { to: around };
    case 'PipeExpression':
      return stepThrough(from, around);
    case 'JoinOperator':
      return stepOutOfJoin(from, around);
    case 'LetStatement':
      return stepToUse(nameText(child(node, 'Name')), root);
    default:
      return undefined;
  }
}

/** Over the next operator of a pipe. */
function stepThrough(from: SyntaxNode, pipe: NodePath): Step | undefined {
  const operator = child(pipe.node, 'Operator');
  if (pipe.node.children.Expression !== from) return undefined;
  if (operator.kind === 'JoinOperator') return joinKind(operator) === 'inner' ? { to: pipe } : undefined;
  if (!isRowByRow(operator)) return undefined;
  return operator.kind === 'ProjectOperator' ? { to: pipe, project: operator } : { to: pipe };
}

/** From the right side of an inner join to the pipe that the join is the operator of. */
function stepOutOfJoin(from: SyntaxNode, join: NodePath): Step | undefined {
  const pipe = parentOf(join);
  const isRight = join.node.children.Expression === from && joinKind(join.node) === 'inner';
  return isRight && pipe?.node.children.Operator === join.node ? { to: pipe } : undefined;
}

/** To the one place that uses a let variable for its rows, where every other use is harmless. */
function stepToUse(name: string, root: SyntaxNode): Step | undefined {
  const uses = usesOf(name, root);
  const filters = uses.map((use) => suspectFilter(use));
  const [use, ...others] = uses.filter((_, index) => filters[index] === undefined);
  if (use === undefined || others.length > 0) return undefined;
  const isHarmless = filters.every((filter) => filter === undefined || isUndoneByJoin(filter, use, root));
  return isHarmless ? { to: use } : undefined;
}

const usesOf = (name: string, root: SyntaxNode): readonly NodePath[] =>
  findNodes(
    root,
    (node) => node.kind === 'NameReference' && node.symbol?.kind === 'Variable' && nameText(node) === name,
  );

/** `where K in ((Variable | project K))`: the pipe of the where, and K. */
type SuspectFilter = { readonly pipe: NodePath; readonly key: string };

function suspectFilter(use: NodePath): SuspectFilter | undefined {
  const subquery = parentOf(use);
  const project = subquery?.node.children.Operator;
  if (subquery === undefined || project?.kind !== 'ProjectOperator') return undefined;
  const [key, ...more] = plainColumns(project, 'Expressions');
  if (key === undefined || more.length > 0 || listOf(project, 'Expressions').length > 1) return undefined;
  let at = parentOf(subquery);
  while (at !== undefined && ['ParenthesizedExpression', 'List', 'ExpressionList'].includes(at.node.kind))
    at = parentOf(at);
  const left = at?.node.children.Left;
  if (at?.node.kind !== 'InExpression' || left === undefined || plainColumn(left) !== key || left.type !== 'string')
    return undefined;
  const where = parentOf(at);
  const pipe = where === undefined ? undefined : parentOf(where);
  if (where?.node.kind !== 'FilterOperator' || pipe?.node.children.Operator !== where.node) return undefined;
  return { pipe, key };
}

/** Whether the filtered rows reach, each key for itself, the right side of an inner join on the key with the suspects. */
function isUndoneByJoin({ pipe, key }: SuspectFilter, suspects: NodePath, root: SyntaxNode): boolean {
  const join = joinReachedFrom(pipe, key, root);
  if (join === undefined || joinKind(join) !== 'inner') return false;
  if (!plainColumns(child(join, 'ConditionClause'), 'Expressions').includes(key)) return false;
  return leftReaches(suspects, join, key);
}

function joinReachedFrom(pipe: NodePath, key: string, root: SyntaxNode): SyntaxNode | undefined {
  let at: NodePath = pipe;
  for (;;) {
    const around = parentOf(at);
    if (around === undefined) return undefined;
    const { node } = around;
    if (node.kind === 'JoinOperator') return node.children.Expression === at.node ? node : undefined;
    if (node.kind === 'LetStatement') {
      const [use, ...others] = usesOf(nameText(child(node, 'Name')), root);
      if (use === undefined || others.length > 0) return undefined;
      at = use;
    } else if (node.kind === 'ParenthesizedExpression' || keepsKeyApart(around, at.node, key)) at = around;
    else return undefined;
  }
}

/** Whether the operator after `from` makes rows with a key from rows with that key only. */
function keepsKeyApart({ node }: NodePath, from: SyntaxNode, key: string): boolean {
  if (node.kind !== 'PipeExpression' || node.children.Expression !== from) return false;
  const operator = child(node, 'Operator');
  if (operator.kind === 'SummarizeOperator') {
    return (
      operator.children.ByClause !== undefined && plainColumns(operator.children.ByClause, 'Expressions').includes(key)
    );
  }
  if (operator.kind === 'ProjectOperator') return plainColumns(operator, 'Expressions').includes(key);
  return isRowByRow(operator) && !declaredNames(operator).includes(key);
}

/** Whether rows reach the left side of the join with their key unchanged. */
function leftReaches(use: NodePath, join: SyntaxNode, key: string): boolean {
  let at: NodePath = use;
  for (;;) {
    const around = parentOf(at);
    if (around?.node.kind !== 'PipeExpression' || around.node.children.Expression !== at.node) return false;
    const operator = child(around.node, 'Operator');
    if (operator === join) return true;
    if (!isRowByRow(operator) || !keepsKeyApart(around, at.node, key)) return false;
    at = around;
  }
}

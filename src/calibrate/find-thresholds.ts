import { child, type SyntaxNode } from '../kql/parse/syntax.ts';
import { findNodes, type NodePath } from './syntax-path.ts';

const operators = ['>=', '>', '<=', '<'] as const;
export type ThresholdOperator = (typeof operators)[number];

/** A condition of a where operator that compares something measured with a parameter. */
export type Threshold = {
  readonly parameter: string;
  readonly operator: ThresholdOperator;
  /** What is measured. */
  readonly measured: SyntaxNode;
  /** The pipe whose operator is the where. */
  readonly pipe: NodePath;
};

const numberTypes: ReadonlySet<string | undefined> = new Set(['int', 'long', 'real']);
const betweenConditionAndWhere: ReadonlySet<string> = new Set(['AndExpression', 'ParenthesizedExpression']);

/**
 * Where a parameter stands in a query: the places in which two trees of the query, with different values of it, differ.
 * Undefined where one of them is no condition `measured >= value` that a where operator demands; then nothing can be
 * said about other values without running the query.
 */
export function findThresholds(
  parameter: string,
  root: SyntaxNode,
  otherRoot: SyntaxNode,
): readonly Threshold[] | undefined {
  const differing = differences(root, otherRoot);
  if (differing === undefined) return undefined;
  const literals = findNodes(root, (node) => differing.has(node));
  const thresholds = literals.map((literal) => thresholdOf(parameter, literal));
  return thresholds.includes(undefined) ? undefined : (thresholds as readonly Threshold[]);
}

/** The literals of a tree that read otherwise in another; undefined where the trees differ in more than literals. */
function differences(a: SyntaxNode, b: SyntaxNode): ReadonlySet<SyntaxNode> | undefined {
  const found = new Set<SyntaxNode>();
  const compare = (left: SyntaxNode, right: SyntaxNode): boolean => {
    if (left.children.Token !== undefined && right.children.Token !== undefined) {
      if (left.children.Token.text !== right.children.Token.text) found.add(left);
      return true;
    }
    if (left.kind === 'Token' && left.text !== right.text) return false;
    const names = Object.keys(left.children);
    return (
      left.kind === right.kind &&
      names.join() === Object.keys(right.children).join() &&
      left.items.length === right.items.length &&
      names.every((name) => compare(child(left, name), child(right, name))) &&
      left.items.every((item, index) => compare(item, right.items[index] as SyntaxNode))
    );
  };
  return compare(a, b) ? found : undefined;
}

function thresholdOf(parameter: string, { node, ancestors }: NodePath): Threshold | undefined {
  const comparison = ancestors.at(-1);
  const operator = operators.find((candidate) => candidate === comparison?.children.Operator?.text);
  const measured = comparison?.children.Left;
  if (operator === undefined || measured === undefined || comparison?.children.Right !== node) return undefined;
  const above = ancestors.slice(0, -1).findLastIndex(({ kind }) => !betweenConditionAndWhere.has(kind));
  const where = ancestors[above];
  const pipe = ancestors[above - 1];
  if (where?.kind !== 'FilterOperator' || pipe?.children.Operator !== where) return undefined;
  if (!numberTypes.has(measured.type)) return undefined;
  return { parameter, operator, measured, pipe: { node: pipe, ancestors: ancestors.slice(0, above - 1) } };
}

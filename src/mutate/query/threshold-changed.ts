import type { SyntaxNode } from '../../kql/parse/syntax.ts';
import { isInJoinClause, operatorOf, type QueryMutation, type QueryPlace, replacePart } from '../query-mutation.ts';

const comparisons: ReadonlySet<string> = new Set(['>', '>=', '<', '<=', '==', '!=', '<>', 'between', '!between']);
const numberKinds: ReadonlySet<string> = new Set([
  'LongLiteralExpression',
  'IntLiteralExpression',
  'RealLiteralExpression',
]);

/** Plain digits only: a literal such as `long(5)` or `1e3` is left alone by the mutations. */
const plainNumber = /^\d+(?:\.\d+)?$/;

export const thresholdPlusOne = thresholdMutation('threshold-plus-one', 'by one more', (value) => value + 1);

export const thresholdMinusOne = thresholdMutation('threshold-minus-one', 'by one less', (value) => value - 1);

/** Whole thresholds stay whole, or `> 1` would become `> 1.5`, which is the same for counts. */
export const thresholdHalfMore = thresholdMutation('threshold-half-more', 'by half', (value, isWhole) =>
  isWhole ? Math.ceil(value * 1.5) : value * 1.5,
);

function thresholdMutation(
  name: string,
  by: string,
  change: (value: number, isWhole: boolean) => number,
): QueryMutation {
  return {
    name,
    changes: `a number that something is compared with, ${by}; the count of take and top, a number bound by let`,
    changesOf(node, place) {
      const around = thresholdAround(node, place);
      const text = place.query.slice(node.span.start, node.span.end);
      if (around === undefined || !plainNumber.test(text)) return [];
      const changed = change(Number(text), node.kind !== 'RealLiteralExpression');
      if (changed === Number(text)) return [];
      return [replacePart(around, node.span, decimalText(changed))];
    },
  };
}

/** What makes a number literal a threshold: the comparison, the operator or the let statement around it. */
function thresholdAround(node: SyntaxNode, place: QueryPlace): SyntaxNode | undefined {
  if (!numberKinds.has(node.kind) || isInJoinClause(place)) return undefined;
  const around = place.ancestors.findLast(({ kind }) => !transparentKinds.has(kind));
  if (around === undefined) return undefined;
  const operator = operatorOf(around)?.text;
  if (operator !== undefined) return comparisons.has(operator) ? around : undefined;
  if (around.kind === 'LetStatement') return around;
  const isCount =
    (around.kind === 'TakeOperator' || around.kind === 'TopOperator') && around.children.Expression === node;
  return isCount ? around : undefined;
}

const transparentKinds: ReadonlySet<string> = new Set([
  'ParenthesizedExpression',
  'UnaryMinusExpression',
  'ExpressionCouple',
]);

/** Never in exponents, which KQL reads as reals; 12 digits hide what binary fractions add. */
const decimalText = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toFixed(12)));

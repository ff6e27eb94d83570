import { isInJoinClause, operatorOf, type QueryMutation, replacePart } from '../query-mutation.ts';

const reversed: Readonly<Record<string, string>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' };

export const comparisonReversed: QueryMutation = {
  name: 'comparison-reversed',
  changes: 'a comparison the other way round: > and <, >= and <=',
  changesOf(node, place) {
    const operator = operatorOf(node);
    const other = operator === undefined || isInJoinClause(place) ? undefined : reversed[operator.text];
    return operator === undefined || other === undefined ? [] : [replacePart(node, operator.span, other)];
  },
};

import { isInJoinClause, operatorOf, type QueryMutation, replacePart } from '../query-mutation.ts';

/** Pairs of operators that are each other's mutant. */
const pairs = [
  ['>', '>='],
  ['<', '<='],
  ['==', '!='],
  ['=~', '!~'],
  ['in', '!in'],
  ['in~', '!in~'],
  ['between', '!between'],
  ...[
    'has',
    'has_cs',
    'hasprefix',
    'hasprefix_cs',
    'hassuffix',
    'hassuffix_cs',
    'contains',
    'contains_cs',
    'startswith',
    'startswith_cs',
    'endswith',
    'endswith_cs',
  ].map((operator) => [operator, `!${operator}`] as const),
] as const;

const flipped = new Map<string, string>(
  pairs.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]),
);
flipped.set('<>', '==');

export const comparisonFlipped: QueryMutation = {
  name: 'comparison-flipped',
  changes: 'a comparison: > and >=, < and <=, == and !=, in and !in, has and !has, …',
  changesOf(node, place) {
    const operator = operatorOf(node);
    const other = operator === undefined ? undefined : flipped.get(operator.text.toLowerCase());
    if (operator === undefined || other === undefined || isInJoinClause(place)) return [];
    return [replacePart(node, operator.span, other)];
  },
};

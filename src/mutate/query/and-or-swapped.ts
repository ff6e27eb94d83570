import { isInJoinClause, operatorOf, type QueryMutation } from '../query-mutation.ts';

const swapped: Readonly<Record<string, string>> = { AndExpression: 'or', OrExpression: 'and' };

export const andOrSwapped: QueryMutation = {
  name: 'and-or-swapped',
  changes: 'an and becomes an or, an or becomes an and',
  changesOf(node, place) {
    const other = Object.hasOwn(swapped, node.kind) ? swapped[node.kind] : undefined;
    const operator = operatorOf(node);
    if (other === undefined || operator === undefined || isInJoinClause(place)) return [];
    const { start, end } = node.span;
    const edit = { ...operator.span, text: other };
    // `a and b and c` is `(a and b) and c`: without parentheses the new operator would take other operands.
    const isInChain = Object.hasOwn(swapped, place.ancestors.at(-1)?.kind ?? '');
    if (!isInChain) return [{ shown: node.span, edits: [edit] }];
    return [{ shown: node.span, edits: [{ start, end: start, text: '(' }, edit, { start: end, end, text: ')' }] }];
  },
};

import { isInJoinClause, operatorOf, type QueryMutation, replacePart } from '../query-mutation.ts';

const swapped: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' };

export const arithmeticSwapped: QueryMutation = {
  name: 'arithmetic-swapped',
  changes: 'an arithmetic operator: + and -, * and /',
  changesOf(node, place) {
    const operator = operatorOf(node);
    const other = operator === undefined || isInJoinClause(place) ? undefined : swapped[operator.text];
    return operator === undefined || other === undefined ? [] : [replacePart(node, operator.span, other)];
  },
};

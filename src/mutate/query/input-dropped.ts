import { child, listOf } from '../../kql/parse/syntax.ts';
import type { QueryMutation } from '../query-mutation.ts';
import { withoutItem } from './list-edits.ts';

export const inputDropped: QueryMutation = {
  name: 'input-dropped',
  changes: 'a table or subquery of a union is left out',
  changesOf(node, { ancestors }) {
    if (node.kind !== 'UnionOperator') return [];
    const inputs = listOf(node, 'Expressions');
    if (inputs.length > 1)
      return inputs.map(({ span }, index) => ({ shown: span, edits: [withoutItem(inputs, index)] }));
    const around = ancestors.at(-1);
    // `T | union U`: without U there is nothing to unite.
    if (around?.kind !== 'PipeExpression' || around.children.Operator !== node) return [];
    return [{ shown: node.span, edits: [{ start: child(around, 'Bar').span.start, end: node.span.end, text: '' }] }];
  },
};

import { listOf } from '../../kql/parse/syntax.ts';
import { operatorOf, type QueryMutation } from '../query-mutation.ts';
import { withoutItem } from './list-edits.ts';

const membershipOperators: ReadonlySet<string> = new Set(['in', 'in~', '!in', '!in~', 'has_any', 'has_all']);

export const listItemDropped: QueryMutation = {
  name: 'list-item-dropped',
  changes: 'a value of a list that something is looked up in (in, has_any, has_all) is left out',
  changesOf(node) {
    if (!membershipOperators.has(operatorOf(node)?.text.toLowerCase() ?? '')) return [];
    const { Right } = node.children;
    const items = Right?.kind === 'ExpressionList' ? listOf(Right, 'Expressions') : [];
    if (items.length < 2) return [];
    return items.map((item, index) => ({ shown: item.span, edits: [withoutItem(items, index)] }));
  },
};

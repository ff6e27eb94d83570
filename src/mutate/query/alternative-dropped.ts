import { child, listOf, type SyntaxNode } from '../../kql/parse/syntax.ts';
import { calledName, type Edit, type QueryChange, type QueryMutation } from '../query-mutation.ts';
import { withoutItem } from './list-edits.ts';

export const alternativeDropped: QueryMutation = {
  name: 'alternative-dropped',
  changes: 'an argument of coalesce is left out, or a condition of case with its value',
  changesOf(node, { query }) {
    const name = calledName(node);
    if (name !== 'coalesce' && name !== 'case') return [];
    const args = listOf(child(node, 'ArgumentList'), 'Expressions');
    return name === 'case' ? withoutConditions(args) : withoutArguments(node, args, query);
  },
};

/** coalesce needs two arguments: of two the other one stands alone. */
function withoutArguments(node: SyntaxNode, args: readonly SyntaxNode[], query: string): readonly QueryChange[] {
  return args.map(({ span }, index): QueryChange => {
    const other = args[1 - index];
    if (args.length > 2 || other === undefined) return { shown: span, edits: [withoutItem(args, index)] };
    return { shown: span, edits: [{ ...node.span, text: query.slice(other.span.start, other.span.end) }] };
  });
}

/** `case(a, x, b, y, z)`: each pair goes at once; case needs one. */
function withoutConditions(args: readonly SyntaxNode[]): readonly QueryChange[] {
  const pairs = Math.floor((args.length - 1) / 2);
  if (pairs < 2) return [];
  return Array.from({ length: pairs }, (_, pair): QueryChange => {
    const [condition, value, next] = args.slice(2 * pair, 2 * pair + 3) as [SyntaxNode, SyntaxNode, SyntaxNode];
    const edit: Edit = { start: condition.span.start, end: next.span.start, text: '' };
    return { shown: { start: condition.span.start, end: value.span.end }, edits: [edit] };
  });
}

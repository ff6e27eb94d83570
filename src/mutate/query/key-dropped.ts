import { child, listOf, type SyntaxNode } from '../../kql/parse/syntax.ts';
import type { Edit, QueryMutation } from '../query-mutation.ts';
import { withoutItem } from './list-edits.ts';

const plainName = /^[A-Za-z_]\w*$/;

export const groupKeyDropped: QueryMutation = {
  name: 'group-key-dropped',
  changes: 'a key of summarize is left out of the by-clause; its column stays, as take_any of it',
  changesOf(node, { query }) {
    const by = node.kind === 'SummarizeOperator' ? node.children.ByClause : undefined;
    if (by === undefined) return [];
    const keys = listOf(by, 'Expressions');
    return keys.map((key, index) => {
      const dropped = keys.length === 1 ? { ...by.span, text: '' } : withoutItem(keys, index);
      return { shown: key.span, edits: [...keptColumn(node, key, query), dropped] };
    });
  },
};

/**
 * What follows still reads the column of the key. None is added beside a star, which takes the column in as soon as it
 * is no key.
 */
function keptColumn(summarize: SyntaxNode, key: SyntaxNode, query: string): readonly Edit[] {
  const aggregates = child(summarize, 'Aggregates');
  const name = key.kind === 'SimpleNamedExpression' ? sourceOf(child(key, 'Name'), query) : key.resultName;
  if (name === undefined || !plainName.test(name) || hasStar(aggregates)) return [];
  const expression = key.kind === 'SimpleNamedExpression' ? child(key, 'Expression') : key;
  const column = `${name} = take_any(${sourceOf(expression, query)})`;
  const { items, span } = aggregates;
  const at = items.at(-1)?.span.end ?? span.end;
  return [{ start: at, end: at, text: items.length === 0 ? ` ${column} ` : `, ${column}` }];
}

const hasStar = (node: SyntaxNode): boolean =>
  node.kind === 'StarExpression' || [...Object.values(node.children), ...node.items].some(hasStar);

const sourceOf = ({ span }: SyntaxNode, query: string): string => query.slice(span.start, span.end);

export const joinKeyDropped: QueryMutation = {
  name: 'join-key-dropped',
  changes: 'a key of a join or lookup is left out of the on-clause',
  changesOf(node) {
    const keys = node.kind === 'JoinOnClause' ? listOf(node, 'Expressions') : [];
    return keys.length < 2 ? [] : keys.map(({ span }, index) => ({ shown: span, edits: [withoutItem(keys, index)] }));
  },
};

import { child, listOf, type SyntaxNode } from '../../kql/parse/syntax.ts';
import { calledName, isInJoinClause, operatorOf, type QueryMutation, replacePart } from '../query-mutation.ts';

/** Operators that take no notice of case, and those that do. */
const exact = new Map<string, string>([
  ['=~', '=='],
  ['!~', '!='],
  ['in~', 'in'],
  ['!in~', '!in'],
  ...['has', 'hasprefix', 'hassuffix', 'contains', 'startswith', 'endswith'].flatMap((operator) => [
    [operator, `${operator}_cs`] as const,
    [`!${operator}`, `!${operator}_cs`] as const,
  ]),
]);

const foldings: ReadonlySet<string | undefined> = new Set(['tolower', 'toupper']);

export const caseFoldingDropped: QueryMutation = {
  name: 'case-folding-dropped',
  changes: 'case begins to matter: =~ becomes ==, in~ becomes in, has becomes has_cs, tolower(x) becomes x, …',
  changesOf(node, place) {
    const operator = operatorOf(node);
    const other = operator === undefined ? undefined : exact.get(operator.text.toLowerCase());
    if (operator !== undefined && other !== undefined) {
      const hasCase = !isLiteral(child(node, 'Right')) || hasLetters(child(node, 'Right'), place.query);
      return hasCase && !isInJoinClause(place) ? [replacePart(node, operator.span, other)] : [];
    }
    const [argument] = foldings.has(calledName(node)) ? listOf(child(node, 'ArgumentList'), 'Expressions') : [];
    if (argument === undefined) return [];
    return [replacePart(node, node.span, place.query.slice(argument.span.start, argument.span.end))];
  },
};

/** A text, or a list of texts: the case of one without letters can make no difference. */
const isLiteral = (node: SyntaxNode): boolean =>
  node.kind === 'StringLiteralExpression' ||
  (node.kind === 'ExpressionList' && listOf(node, 'Expressions').every(isLiteral));

const hasLetters = ({ span }: SyntaxNode, query: string): boolean => /\p{L}/u.test(query.slice(span.start, span.end));

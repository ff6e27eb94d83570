import { child, listOf } from '../../kql/parse/syntax.ts';
import { calledName, operatorOf, type QueryMutation, replacePart } from '../query-mutation.ts';

const opposites: Readonly<Record<string, string>> = {
  isempty: 'isnotempty',
  isnotempty: 'isempty',
  isnull: 'isnotnull',
  isnotnull: 'isnull',
};

/** Operators of conditions that have no negated form of their own. */
const withoutNegation: ReadonlySet<string> = new Set(['matches regex', 'has_any', 'has_all']);

export const predicateNegated: QueryMutation = {
  name: 'predicate-negated',
  changes: 'a test without a flipped form: isempty and isnotempty, isnull and isnotnull, not(x) and x, matches regex',
  changesOf(node, { query }) {
    const operator = operatorOf(node);
    if (operator !== undefined && withoutNegation.has(operator.text.toLowerCase().replace(/\s+/g, ' '))) {
      return [replacePart(node, node.span, `not(${query.slice(node.span.start, node.span.end)})`)];
    }
    const name = calledName(node);
    if (name === undefined) return [];
    const opposite = Object.hasOwn(opposites, name) ? opposites[name] : undefined;
    if (opposite !== undefined) return [replacePart(node, child(node, 'Name').span, opposite)];
    const [argument] = listOf(child(node, 'ArgumentList'), 'Expressions');
    if (name !== 'not' || argument === undefined) return [];
    return [replacePart(node, node.span, `(${query.slice(argument.span.start, argument.span.end)})`)];
  },
};

import type { SyntaxNode } from '../parse/syntax.ts';
import { literal } from './expression.ts';
import type { Plan } from './plan.ts';

/** consume: reads everything and gives nothing. */
export function buildConsume(_node: SyntaxNode, input: Plan): Plan {
  return { operator: 'where', columns: input.columns, input, predicate: literal('bool', false) };
}

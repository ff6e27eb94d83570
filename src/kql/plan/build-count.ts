import type { SyntaxNode } from '../parse/syntax.ts';
import { boundColumns } from './outputs.ts';
import type { Plan } from './plan.ts';

export function buildCount(node: SyntaxNode, input: Plan): Plan {
  return { operator: 'count', columns: [{ name: boundColumns(node)[0]?.name ?? 'Count', type: 'long' }], input };
}

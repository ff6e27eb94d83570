import { child, listOf, type SyntaxNode } from '../parse/syntax.ts';
import { buildPlan } from './build-plan.ts';
import { nameText } from './build-query.ts';
import { expandCall } from './build-reference.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';

/** invoke: calls a function whose first argument is the rows so far. */
export function buildInvoke(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const call = child(node, 'Function');
  const args = listOf(child(call, 'ArgumentList'), 'Expressions');
  return expandCall(call, nameText(child(call, 'Name')), args, scope, buildPlan, input);
}

import { child, type SyntaxNode } from '../parse/syntax.ts';
import { buildJoinKeys, nameOutputs } from './build-join.ts';
import { buildPlan } from './build-plan.ts';
import { parameterText } from './operator-parameters.ts';
import { boundColumns } from './outputs.ts';
import type { JoinOutput, Plan } from './plan.ts';
import type { Scope } from './scope.ts';

/** lookup: a left outer join (or inner) that does not repeat the key columns of the right side. */
export function buildLookup(node: SyntaxNode, input: Plan, scope: Scope): Plan {
  const kind = parameterText(node, 'kind') === 'inner' ? 'inner' : 'leftouter';
  const right = buildPlan(child(node, 'Expression'), scope);
  const keys = buildJoinKeys(child(node, 'LookupClause'), input, right, scope);
  const keyIndices = new Set(keys.map((key) => (key.right.kind === 'column' ? key.right.index : -1)));
  const outputs: JoinOutput[] = [
    ...input.columns.map((_, index) => ({ side: 'left' as const, index })),
    ...right.columns.flatMap((_, index) => (keyIndices.has(index) ? [] : [{ side: 'right' as const, index }])),
  ];
  const names = boundColumns(node).map(({ name }) => name);
  return {
    operator: 'join',
    kind,
    left: input,
    right,
    keys,
    outputs,
    lastMatchFirst: true,
    columns: nameOutputs(outputs, names, input, right),
  };
}

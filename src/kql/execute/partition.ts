import type { Batch } from '../columns/batch.ts';
import { GroupIndex } from '../columns/group-index.ts';
import type { PartitionPlan } from '../plan/plan.ts';
import { type QueryContext, withBoundInputs } from '../query-context.ts';
import { collect } from './collect.ts';
import { execute } from './execute.ts';
import { prepareExpression } from './prepare.ts';

/** Runs the subquery once for each value of the key, over the rows that have it. */
export async function* executePartition(plan: PartitionPlan, context: QueryContext): AsyncGenerator<Batch> {
  const table = await collect(plan.input, context);
  const key = await prepareExpression(plan.by, context);
  const index = new GroupIndex([plan.by.type]);
  const groups = index.assign([key(table)], table.rowCount);
  for (const rows of rowsByGroup(groups, index.size)) {
    await context.pause(rows.length);
    yield* execute(plan.subquery, withBoundInputs(context, [[plan.inputKey, table.gather(rows)]]));
  }
}

/** The rows of each group, in their order. */
export function rowsByGroup(groups: Int32Array, groupCount: number): readonly Int32Array[] {
  const rows: number[][] = Array.from({ length: groupCount }, () => []);
  for (let row = 0; row < groups.length; row++) rows[groups[row] as number]?.push(row);
  return rows.map((list) => Int32Array.from(list));
}

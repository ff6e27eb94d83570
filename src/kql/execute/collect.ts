import { type Batch, concatBatches } from '../columns/batch.ts';
import type { Plan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { execute } from './execute.ts';

/** All rows of a plan in one batch, within the limits. */
export async function collect(plan: Plan, context: QueryContext): Promise<Batch> {
  const batches: Batch[] = [];
  let rowCount = 0;
  for await (const batch of execute(plan, context)) {
    rowCount += batch.rowCount;
    context.checkRows(plan.operator, rowCount, plan.columns);
    await context.pause(batch.rowCount);
    batches.push(batch);
  }
  return concatBatches(plan.columns, batches);
}

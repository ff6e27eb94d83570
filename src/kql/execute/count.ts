import { type Batch, batchOf } from '../columns/batch.ts';
import type { CountPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { execute } from './execute.ts';

export async function* executeCount(plan: CountPlan, context: QueryContext): AsyncGenerator<Batch> {
  let count = 0;
  for await (const batch of execute(plan.input, context)) count += batch.rowCount;
  yield batchOf(plan.columns, [[BigInt(count)]]);
}

import type { Batch } from '../columns/batch.ts';
import type { RowsPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { rebatch } from './table.ts';

export async function* executeRows(plan: RowsPlan, context: QueryContext): AsyncGenerator<Batch> {
  yield* rebatch(plan.batch, context);
}

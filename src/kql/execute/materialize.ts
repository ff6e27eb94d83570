import type { Batch } from '../columns/batch.ts';
import type { MaterializePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { collect } from './collect.ts';
import { rebatch } from './table.ts';

/** The input's rows, computed on the first read and kept for the others. */
export async function* executeMaterialize(plan: MaterializePlan, context: QueryContext): AsyncGenerator<Batch> {
  let pending = context.materialized.get(plan) as Promise<Batch> | undefined;
  if (pending === undefined) {
    pending = collect(plan.input, context);
    context.materialized.set(plan, pending);
  }
  yield* rebatch(await pending, context);
}

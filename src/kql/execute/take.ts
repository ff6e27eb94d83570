import type { Batch } from '../columns/batch.ts';
import type { TakePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { execute } from './execute.ts';
import { prepareCount } from './prepare-count.ts';

/** The first rows as they come; the input is not read further than needed. */
export async function* executeTake(plan: TakePlan, context: QueryContext): AsyncGenerator<Batch> {
  let rest = await prepareCount('take', plan.count, context);
  if (rest === 0) return;
  for await (const batch of execute(plan.input, context)) {
    const taken = batch.slice(0, Math.min(rest, batch.rowCount));
    if (taken.rowCount > 0) yield taken;
    rest -= taken.rowCount;
    if (rest === 0) return;
  }
}

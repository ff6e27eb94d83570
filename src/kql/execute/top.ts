import type { Batch } from '../columns/batch.ts';
import { concatBatches } from '../columns/batch.ts';
import type { TopPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { execute } from './execute.ts';
import { prepareCount } from './prepare-count.ts';
import { sortRows } from './sort.ts';
import { rebatch } from './table.ts';

/** The first rows of the order; at no time are more than a batch and the best so far held. */
export async function* executeTop(plan: TopPlan, context: QueryContext): AsyncGenerator<Batch> {
  const count = await prepareCount('top', plan.count, context);
  let best: Batch | undefined;
  for await (const batch of execute(plan.input, context)) {
    const candidates = best === undefined ? batch : concatBatches(plan.columns, [best, batch]);
    const sorted = await sortRows(candidates, plan.keys, context);
    best = sorted.slice(0, Math.min(count, sorted.rowCount));
  }
  if (best !== undefined) yield* rebatch(best, context);
}

import type { Batch } from '../columns/batch.ts';
import type { SamplePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { collect } from './collect.ts';
import { prepareCount } from './prepare-count.ts';
import { rebatch } from './table.ts';

/**
 * Some rows, spread evenly over the input. The service draws at random; an even spread is one such draw, and the same
 * input gives the same rows.
 */
export async function* executeSample(plan: SamplePlan, context: QueryContext): AsyncGenerator<Batch> {
  const count = await prepareCount('sample', plan.count, context);
  const table = await collect(plan.input, context);
  if (table.rowCount <= count) {
    yield* rebatch(table, context);
    return;
  }
  yield* rebatch(
    table.gather(Int32Array.from({ length: count }, (_, index) => Math.floor((index * table.rowCount) / count))),
    context,
  );
}

import type { Batch } from '../columns/batch.ts';
import { KqlError } from '../kql-error.ts';
import type { TablePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';

export async function* executeTable(plan: TablePlan, context: QueryContext): AsyncGenerator<Batch> {
  const source = context.catalog.tables.get(plan.name);
  if (source === undefined) throw new KqlError('binding', `the table ${plan.name} does not exist`);
  for await (const batch of source.scan()) {
    context.checkpoint();
    yield* rebatch(batch, context);
  }
}

/** The batch in pieces of the size that the run asked for, if it asked for one. */
export function* rebatch(batch: Batch, { batchRows }: QueryContext): Generator<Batch> {
  if (batchRows === undefined || batch.rowCount <= batchRows) {
    if (batch.rowCount > 0) yield batch;
    return;
  }
  for (let from = 0; from < batch.rowCount; from += batchRows) {
    yield batch.slice(from, Math.min(from + batchRows, batch.rowCount));
  }
}

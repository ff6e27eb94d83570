import { findTable, type TimeRange } from '../catalog.ts';
import type { Batch } from '../columns/batch.ts';
import { KqlError } from '../kql-error.ts';
import type { TablePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';

export async function* executeTable(plan: TablePlan, context: QueryContext): AsyncGenerator<Batch> {
  const source = findTable(context.catalog, plan.name);
  if (source === undefined) throw new KqlError('binding', `the table ${plan.name} does not exist`);
  for await (const batch of source.scan(timeRange(plan))) {
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

/** The bounds of the first bounded column as one range; undefined where nothing bounds the table. */
function timeRange({ columns, timeBounds = [] }: TablePlan): TimeRange | undefined {
  const column = timeBounds[0]?.column;
  if (column === undefined) return undefined;
  let fromTicks = -(2n ** 63n);
  let toTicks = 2n ** 63n - 1n;
  for (const bound of timeBounds) {
    if (bound.column !== column) continue;
    if (bound.fromTicks !== undefined && bound.fromTicks > fromTicks) fromTicks = bound.fromTicks;
    if (bound.toTicks !== undefined && bound.toTicks < toTicks) toTicks = bound.toTicks;
  }
  return { column: columns[column]?.name ?? '', fromTicks, toTicks };
}

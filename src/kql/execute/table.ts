import { ARRIVAL_COLUMN, findTable, type TableSource, type TimeRange } from '../catalog.ts';
import { Batch } from '../columns/batch.ts';
import { columnOf } from '../columns/column-builder.ts';
import { KqlError } from '../kql-error.ts';
import type { TablePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';

export async function* executeTable(plan: TablePlan, context: QueryContext): AsyncGenerator<Batch> {
  const source = findTable(context.catalog, plan.name);
  if (source === undefined) throw new KqlError('binding', `the table ${plan.name} does not exist`);
  const range = timeRange(plan);
  const batches = plan.withArrival === true ? scanArrivals(source, range) : source.scan(range);
  for await (const batch of batches) {
    await context.pause(batch.rowCount);
    yield* rebatch(batch, context);
  }
}

/**
 * The rows with the time of their arrival. A source that does not know it has rows that arrived when they happened, at
 * TimeGenerated: of an export without arrival times nothing better can be said, and a null would drop every row of
 * `where ingestion_time() > ago(1h)`.
 */
async function* scanArrivals(source: TableSource, range: TimeRange | undefined): AsyncGenerator<Batch> {
  if (source.scanWithArrival !== undefined) {
    yield* source.scanWithArrival(range);
    return;
  }
  const time = source.columns.findIndex(({ name, type }) => name === 'TimeGenerated' && type === 'datetime');
  for await (const batch of source.scan(range)) {
    const arrivals = () => (time < 0 ? columnOf('datetime', new Array(batch.rowCount).fill(null)) : batch.column(time));
    const slots = source.columns.map((_, index) => () => batch.column(index));
    yield new Batch([...source.columns, ARRIVAL_COLUMN], batch.rowCount, [...slots, arrivals]);
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

import type { Batch } from '../columns/batch.ts';
import type { SortKey, SortPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { collect } from './collect.ts';
import { prepareAll } from './prepare.ts';
import { sortOrder } from './sort-order.ts';
import { rebatch } from './table.ts';

export async function* executeSort(plan: SortPlan, context: QueryContext): AsyncGenerator<Batch> {
  const sorted = await sortRows(await collect(plan.input, context), plan.keys, context);
  yield* rebatch(sorted, context);
}

/** The rows in the order of the keys; rows that are equal keep their order. */
export async function sortRows(table: Batch, keys: readonly SortKey[], context: QueryContext): Promise<Batch> {
  if (table.rowCount < 2) return table;
  const evaluators = await prepareAll(
    keys.map(({ expression }) => expression),
    context,
  );
  const vectors = evaluators.map((evaluate) => evaluate(table));
  return table.gather(await sortOrder(keys, vectors, table.rowCount, context.pause));
}

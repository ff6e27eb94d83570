import type { Batch } from '../columns/batch.ts';
import { boundKeysOf } from '../plan/bound-keys.ts';
import type { MaterializePlan, Plan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { collect } from './collect.ts';
import { rebatch } from './table.ts';

/** The input's rows, computed on the first read and kept for the others. */
export async function* executeMaterialize(plan: MaterializePlan, context: QueryContext): AsyncGenerator<Batch> {
  yield* rebatch(await once(plan, plan.input, context, () => collect(plan.input, context)), context);
}

/** What is computed of a plan once a run, or once for each of the bound inputs that it reads. */
export function once<T>(key: object, plan: Plan, context: QueryContext, compute: () => Promise<T>): Promise<T> {
  const results = boundKeysOf(plan).size === 0 ? context.materialized : context.materializedHere;
  const pending = (results.get(key) as Promise<T> | undefined) ?? compute();
  results.set(key, pending);
  return pending;
}

import type { Batch } from '../columns/batch.ts';
import { KqlError } from '../kql-error.ts';
import type { BoundInputPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { rebatch } from './table.ts';

export async function* executeBoundInput(plan: BoundInputPlan, context: QueryContext): AsyncGenerator<Batch> {
  const batch = context.boundInputs.get(plan.key);
  if (batch === undefined) throw new KqlError('internal', 'a subquery ran without its input');
  yield* rebatch(batch, context);
}

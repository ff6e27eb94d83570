import { Batch } from '../columns/batch.ts';
import { gather } from '../columns/gather.ts';
import type { MvApplyPlan } from '../plan/plan.ts';
import { type QueryContext, withBoundInputs } from '../query-context.ts';
import { collect } from './collect.ts';
import { execute } from './execute.ts';

/** For each row: expands it, runs the subquery over what came out, and lays the result beside the row. */
export async function* executeMvApply(plan: MvApplyPlan, context: QueryContext): AsyncGenerator<Batch> {
  for await (const batch of execute(plan.input, context)) {
    for (let row = 0; row < batch.rowCount; row++) {
      await context.pause(1);
      const source = batch.slice(row, row + 1);
      const expanded = await collect(plan.expand, withBoundInputs(context, [[plan.inputKey, source]]));
      const result = await collect(plan.subquery, withBoundInputs(context, [[plan.expandKey, expanded]]));
      if (result.rowCount > 0) yield besideSource(plan, source, result);
    }
  }
}

function besideSource(plan: MvApplyPlan, source: Batch, result: Batch): Batch {
  const repeated = new Int32Array(result.rowCount);
  return new Batch(
    plan.columns,
    result.rowCount,
    plan.outputs.map(
      ({ side, index }) =>
        () =>
          side === 'subquery' ? result.column(index) : gather(source.column(index), repeated),
    ),
  );
}

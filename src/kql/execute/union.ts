import type { Batch } from '../columns/batch.ts';
import type { UnionPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { execute } from './execute.ts';
import { prepareAll } from './prepare.ts';
import { projectBatch } from './project.ts';

export async function* executeUnion(plan: UnionPlan, context: QueryContext): AsyncGenerator<Batch> {
  for (const { plan: input, outputs } of plan.inputs) {
    const evaluators = await prepareAll(
      outputs.map(({ expression }) => expression),
      context,
    );
    for await (const batch of execute(input, context)) yield projectBatch(batch, plan.columns, evaluators);
  }
}

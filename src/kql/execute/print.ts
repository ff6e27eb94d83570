import { Batch } from '../columns/batch.ts';
import { toColumn } from '../expression/compile.ts';
import type { PrintPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { prepareAll } from './prepare.ts';

export async function* executePrint(plan: PrintPlan, context: QueryContext): AsyncGenerator<Batch> {
  const evaluators = await prepareAll(
    plan.outputs.map(({ expression }) => expression),
    context,
  );
  const oneRow = new Batch([], 1, []);
  yield new Batch(
    plan.columns,
    1,
    evaluators.map((evaluate) => toColumn(evaluate(oneRow), oneRow)),
  );
}

import { Batch } from '../columns/batch.ts';
import type { Lifetime } from '../columns/scratch.ts';
import { type Evaluator, toColumn } from '../expression/compile.ts';
import { usesWindow } from '../plan/expression.ts';
import type { ProjectPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { collect } from './collect.ts';
import { execute } from './execute.ts';
import { prepareAll } from './prepare.ts';

export async function* executeProject(
  plan: ProjectPlan,
  context: QueryContext,
  lifetime: Lifetime,
): AsyncGenerator<Batch> {
  const expressions = plan.outputs.map(({ expression }) => expression);
  const evaluators = await prepareAll(expressions, context, lifetime);
  const input = expressions.some(usesWindow)
    ? [await collect(plan.input, context)]
    : execute(plan.input, context, lifetime);
  for await (const batch of input) yield projectBatch(batch, plan.columns, evaluators);
}

/** The batch's rows under other columns, each computed when it is first read. */
export const projectBatch = (
  batch: Batch,
  columns: readonly ColumnDefinition[],
  evaluators: readonly Evaluator[],
): Batch =>
  new Batch(
    columns,
    batch.rowCount,
    evaluators.map((evaluate) => () => toColumn(evaluate(batch), batch)),
  );

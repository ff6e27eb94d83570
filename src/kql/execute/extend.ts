import { Batch } from '../columns/batch.ts';
import type { Lifetime } from '../columns/scratch.ts';
import { toColumn } from '../expression/compile.ts';
import { usesWindow } from '../plan/expression.ts';
import type { ExtendPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { collect } from './collect.ts';
import { execute } from './execute.ts';
import { prepareAll } from './prepare.ts';

export async function* executeExtend(
  plan: ExtendPlan,
  context: QueryContext,
  lifetime: Lifetime,
): AsyncGenerator<Batch> {
  const expressions = plan.outputs.map(({ expression }) => expression);
  const evaluators = await prepareAll(expressions, context, lifetime);
  const positions = plan.columns.map(({ name }) => plan.outputs.findLastIndex((output) => output.name === name));
  const input = expressions.some(usesWindow)
    ? [await collect(plan.input, context)]
    : execute(plan.input, context, lifetime);
  for await (const batch of input) {
    yield new Batch(
      plan.columns,
      batch.rowCount,
      positions.map((position, index) => {
        const evaluate = evaluators[position];
        return evaluate === undefined ? () => batch.column(index) : () => toColumn(evaluate(batch), batch);
      }),
    );
  }
}

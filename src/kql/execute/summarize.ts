import { Batch } from '../columns/batch.ts';
import type { Vector } from '../columns/column.ts';
import { GroupIndex } from '../columns/group-index.ts';
import { compileExpression, constantValue, type Evaluator } from '../expression/compile.ts';
import { convertVector } from '../expression/convert-vector.ts';
import type { GroupedAccumulator } from '../functions/aggregate-function.ts';
import { parameterAt } from '../functions/resolve-overload.ts';
import type { AggregateOutput, SummarizePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { type ColumnDefinition, type ColumnType, columnTypes } from '../values/value.ts';
import { execute } from './execute.ts';
import { prepareAll } from './prepare.ts';
import { projectBatch } from './project.ts';
import { rebatch } from './table.ts';

type RunningAggregate = {
  readonly accumulator: GroupedAccumulator;
  readonly evaluators: readonly Evaluator[];
  readonly targets: readonly (ColumnType | undefined)[];
};

/** Groups by hashing; only the state of the groups is held, never the rows. */
export async function* executeSummarize(plan: SummarizePlan, context: QueryContext): AsyncGenerator<Batch> {
  const keys = await prepareAll(
    plan.keys.map(({ expression }) => expression),
    context,
  );
  const aggregates = await Promise.all(plan.aggregates.map((aggregate) => startAggregate(aggregate, context)));
  const groups = new GroupIndex(plan.keys.map(({ expression }) => expression.type));
  for await (const batch of execute(plan.input, context)) {
    context.checkpoint();
    const ids = groups.assign(
      keys.map((key) => key(batch)),
      batch.rowCount,
    );
    context.checkRows('summarize', groups.size);
    for (const { accumulator, evaluators, targets } of aggregates) {
      const args = evaluators.map((evaluate, index) => convertTo(evaluate(batch), targets[index], batch.rowCount));
      accumulator.update(ids, batch.rowCount, groups.size, args);
    }
  }
  const grouped = new Batch(groupedColumns(plan), groups.size, [
    ...groups.keyColumns(),
    ...aggregates.flatMap(({ accumulator }) => accumulator.finish(groups.size)),
  ]);
  const outputs = plan.outputs.map(({ expression }) => compileExpression(expression, context));
  yield* rebatch(projectBatch(grouped, plan.columns, outputs), context);
}

const convertTo = (vector: Vector, target: ColumnType | undefined, rowCount: number): Vector =>
  target === undefined ? vector : convertVector(vector, target, rowCount);

async function startAggregate(aggregate: AggregateOutput, context: QueryContext): Promise<RunningAggregate> {
  const evaluators = await prepareAll(aggregate.arguments, context);
  const types = aggregate.arguments.map(({ type }) => type);
  const constants = aggregate.arguments.map((argument) => constantValue(argument, context));
  const targets = aggregate.arguments.map((_, index) => {
    const parameter = parameterAt(aggregate.function, index);
    return (columnTypes as readonly string[]).includes(parameter ?? '') ? (parameter as ColumnType) : undefined;
  });
  return { accumulator: aggregate.function.create({ types, constants, context }), evaluators, targets };
}

/** The keys and all results of the aggregates, over which the plan's outputs are computed. */
function groupedColumns(plan: SummarizePlan): readonly ColumnDefinition[] {
  const keys = plan.keys.map(({ name, expression }) => ({ name, type: expression.type }));
  const results = plan.aggregates.flatMap(({ names, function: fn, arguments: args }) => {
    const returned = fn.returns(
      args.map(({ type }) => type),
      [],
    );
    const types = typeof returned === 'string' ? [returned] : returned;
    return names.map((name, index) => ({ name, type: types[index] as ColumnType }));
  });
  return [...keys, ...results];
}

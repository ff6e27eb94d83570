import { Batch } from '../columns/batch.ts';
import type { Column, Vector } from '../columns/column.ts';
import { GroupIndex } from '../columns/group-index.ts';
import { Scratch } from '../columns/scratch.ts';
import { constantValue, type Evaluator } from '../expression/compile.ts';
import { convertVector } from '../expression/convert-vector.ts';
import type { GroupedAccumulator } from '../functions/aggregate-function.ts';
import { parameterAt } from '../functions/resolve-overload.ts';
import type { AggregateOutput, SummarizePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { type ColumnType, columnTypes } from '../values/value.ts';
import { execute } from './execute.ts';
import { prepareAll, resolveSubqueries } from './prepare.ts';
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
    'one batch',
  );
  const aggregates = await Promise.all(plan.aggregates.map((aggregate) => startAggregate(aggregate, context)));
  const groups = new GroupIndex(plan.keys.map(({ expression }) => expression.type));
  const scratch = new Scratch();
  for await (const batch of execute(plan.input, context, 'one batch')) {
    context.checkpoint();
    const vectors = keys.map((key) => key(batch));
    const ids = groups.assign(vectors, batch.rowCount, true, scratch.ints(batch.rowCount));
    context.checkRows('summarize', groups.size);
    for (const { accumulator, evaluators, targets } of aggregates) {
      const args = evaluators.map((evaluate, index) => convertTo(evaluate(batch), targets[index], batch.rowCount));
      accumulator.update(ids, batch.rowCount, groups.size, args);
    }
  }
  const results = aggregates.flatMap(({ accumulator }) => accumulator.finish(groups.size));
  const names = [...plan.keys.map(({ name }) => name), ...plan.aggregates.flatMap((aggregate) => aggregate.names)];
  const columns = [...groups.keyColumns(), ...results];
  const definitions = columns.map(({ type }, index) => ({ name: names[index] ?? '', type }));
  const grouped = new Batch(definitions, groups.size, columns);
  const outputs = await prepareAll(
    plan.outputs.map(({ expression }) => expression),
    context,
  );
  yield* rebatch(projectBatch(grouped, plan.columns, outputs), context);
}

const convertTo = (vector: Vector, target: ColumnType | undefined, rowCount: number): Vector =>
  target === undefined ? vector : convertVector(vector, target, rowCount);

async function startAggregate(aggregate: AggregateOutput, context: QueryContext): Promise<RunningAggregate> {
  const evaluators = await prepareAll(aggregate.arguments, context);
  const types = aggregate.arguments.map(({ type }) => type);
  // make_list(x, toscalar(…)): a subquery is a constant once it has run.
  const resolved = await Promise.all(aggregate.arguments.map((argument) => resolveSubqueries(argument, context)));
  const constants = resolved.map((argument) => constantValue(argument, context));
  const targets = aggregate.arguments.map((_, index) => {
    const parameter = parameterAt(aggregate.function, index);
    return (columnTypes as readonly string[]).includes(parameter ?? '') ? (parameter as ColumnType) : undefined;
  });
  return { accumulator: aggregate.function.create({ types, constants, context }), evaluators, targets };
}

/** The columns of one aggregate over rows whose groups are known. */
export async function aggregateRows(
  aggregate: AggregateOutput,
  rows: Batch,
  groups: Int32Array,
  groupCount: number,
  context: QueryContext,
): Promise<readonly Column[]> {
  const { accumulator, evaluators, targets } = await startAggregate(aggregate, context);
  const args = evaluators.map((evaluate, index) => convertTo(evaluate(rows), targets[index], rows.rowCount));
  accumulator.update(groups, rows.rowCount, groupCount, args);
  return accumulator.finish(groupCount);
}

import { Batch } from '../columns/batch.ts';
import { constant } from '../columns/column.ts';
import { expand } from '../columns/column-builder.ts';
import { constantValue } from '../expression/compile.ts';
import { convertVector } from '../expression/convert-vector.ts';
import type { PluginArgument } from '../functions/plugin.ts';
import { KqlError } from '../kql-error.ts';
import type { Evaluation } from '../plan/build-evaluate.ts';
import type { EvaluateArgument, EvaluatePlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import type { ColumnDefinition } from '../values/value.ts';
import { collect } from './collect.ts';
import { prepareAll, prepareExpression } from './prepare.ts';
import { rebatch } from './table.ts';

export async function* executeEvaluate(plan: EvaluatePlan, context: QueryContext): AsyncGenerator<Batch> {
  yield* rebatch(await runEvaluation(plan, context), context);
}

/** Runs a plugin over its whole input; its result has the planned columns, or where there are none its own. */
export async function runEvaluation(evaluation: Evaluation, context: QueryContext): Promise<Batch> {
  const { plugin, columns, span } = evaluation;
  const input = await collect(evaluation.input, context);
  const args = await Promise.all(
    evaluation.arguments.map((argument, index) =>
      prepareArgument(argument, input, index === plugin.lookupColumn, context),
    ),
  );
  try {
    const result = plugin.run(input, args, columns, context);
    context.checkRows(plugin.name, result.rowCount);
    return columns === undefined ? result : conform(result, columns);
  } catch (error) {
    if (!(error instanceof KqlError) || error.span !== undefined) throw error;
    throw new KqlError(error.code, error.message, { span, hint: error.hint, cause: error.cause });
  }
}

async function prepareArgument(
  argument: EvaluateArgument,
  input: Batch,
  isLookupColumn: boolean,
  context: QueryContext,
): Promise<PluginArgument> {
  const { label } = argument;
  switch (argument.kind) {
    case 'expression': {
      const { expression } = argument;
      // The key of a lookup table is a column of that table: the plugin reads it there.
      if (isLookupColumn) return { kind: 'expression', label, expression, vector: constant(expression.type, null) };
      const evaluate = await prepareExpression(expression, context);
      return { kind: 'expression', label, expression, vector: evaluate(input) };
    }
    case 'aggregate': {
      const { aggregate, type } = argument;
      const evaluators = await prepareAll(aggregate.arguments, context);
      return {
        kind: 'aggregate',
        label,
        function: aggregate.function,
        type,
        expressions: aggregate.arguments,
        constants: aggregate.arguments.map((expression) => constantValue(expression, context)),
        vectors: evaluators.map((evaluate) => evaluate(input)),
      };
    }
    case 'table':
      return { kind: 'table', label, table: await collect(argument.plan, context) };
    default:
      return argument satisfies never;
  }
}

/** The result under the planned columns: found by name, converted to the planned type, null where it is not there. */
function conform(result: Batch, columns: readonly ColumnDefinition[]): Batch {
  if (result.columns === columns) return result;
  const slots = columns.map(({ name, type }) => {
    const index = result.columns.findIndex((column) => column.name === name);
    if (index < 0) return () => expand(constant(type, type === 'string' ? '' : null), result.rowCount);
    return () => expand(convertVector(result.column(index), type, result.rowCount), result.rowCount);
  });
  return new Batch(columns, result.rowCount, slots);
}

import type { Batch } from '../../columns/batch.ts';
import { batchOf } from '../../columns/batch.ts';
import { KqlError } from '../../kql-error.ts';
import type { EvaluateArgument } from '../../plan/plan.ts';
import type { QueryContext } from '../../query-context.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { rowsWhere } from '../aggregate/condition.ts';
import { type Plugin, type PluginArgument, plannedColumn, vectorOf } from '../plugin.ts';
import { byNumber, dimensionColumns, groupDimensions, stepOf, timeReader, timeValue } from './timeline.ts';

const NAME = 'sequence_detect';

const typeOf = (argument: EvaluateArgument | PluginArgument | undefined): ColumnType | undefined =>
  argument?.kind === 'expression' ? argument.expression.type : undefined;

/** The steps are the conditions that follow the two windows; what comes after them are dimensions. */
function stepCount(args: readonly (EvaluateArgument | PluginArgument)[]): number {
  let count = 0;
  while (typeOf(args[3 + count]) === 'bool') count++;
  return count;
}

/** The times of one step in one combination of dimensions, ascending, each once. */
type StepTimes = readonly (readonly bigint[])[];

function readSteps(
  input: Batch,
  args: readonly PluginArgument[],
  groups: Int32Array,
  size: number,
): readonly StepTimes[] {
  const readTime = timeReader(NAME, vectorOf(NAME, args[0]));
  const conditions = args.slice(3, 3 + stepCount(args));
  const times = Array.from({ length: size }, () => conditions.map(() => new Set<bigint>()));
  for (const [step, condition] of conditions.entries()) {
    const rows = rowsWhere(vectorOf(NAME, condition), input.rowCount) ?? Int32Array.from(groups.keys());
    for (const row of rows) {
      const time = readTime(row);
      if (time !== null) times[groups[row] as number]?.[step]?.add(time);
    }
  }
  return times.map((steps) => steps.map((step) => [...step].sort(byNumber)));
}

/** Every chain of one time a step, each later than the one before, within the window of a step and that of the whole. */
function* chains(
  steps: StepTimes,
  stepWindow: bigint,
  span: bigint,
  begun: readonly bigint[] = [],
): Generator<readonly bigint[]> {
  const times = steps[begun.length];
  if (times === undefined) {
    yield begun;
    return;
  }
  const last = begun.at(-1);
  for (const time of times) {
    if (last !== undefined) {
      if (time <= last) continue;
      if (time - last > stepWindow || time - (begun[0] as bigint) > span) break;
    }
    yield* chains(steps, stepWindow, span, [...begun, time]);
  }
}

function detect(input: Batch, args: readonly PluginArgument[], context: QueryContext): Value[][] {
  const stepWindow = stepOf(NAME, args[1], 'the window of a step');
  const span = stepOf(NAME, args[2], 'the window of the sequence');
  const { groups, size, valuesOf } = groupDimensions(NAME, input, args.slice(3 + stepCount(args)));
  const type = typeOf(args[0]) as ColumnType;
  const rows: Value[][] = [];
  for (const [dimension, steps] of readSteps(input, args, groups, size).entries()) {
    for (const chain of chains(steps, stepWindow, span)) {
      context.checkRows(NAME, rows.length + 1);
      if (rows.length % 4096 === 0) context.checkpoint();
      const duration = (chain.at(-1) as bigint) - (chain[0] as bigint);
      rows.push([...valuesOf(dimension), ...chain.map((time) => timeValue(time, type)), timeValue(duration, type)]);
    }
  }
  return rows;
}

export const sequenceDetect: Plugin = {
  name: NAME,
  signature: `${NAME}(timeline, stepWindow, sequenceWindow, condition, … [, dimension, …])`,
  summary: 'One row for each sequence of rows that fulfil the conditions one after the other.',
  page: 'sequence-detect-plugin',
  columns(_input, args) {
    const { name, type } = plannedColumn(NAME, args[0]);
    const count = stepCount(args);
    if (count === 0) throw new KqlError('binding', `${NAME} needs at least one condition`);
    return [
      ...dimensionColumns(NAME, args, 3 + count),
      ...args.slice(3, 3 + count).map(({ label }) => ({ name: `${label ?? ''}_${name}`, type })),
      { name: 'Duration', type: type === 'datetime' ? 'timespan' : type },
    ];
  },
  run: (input, args, columns, context) => batchOf(columns ?? [], detect(input, args, context)),
};

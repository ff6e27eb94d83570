import { type Batch, batchOf } from '../columns/batch.ts';
import { type Vector, valueReader } from '../columns/column.ts';
import { GroupIndex } from '../columns/group-index.ts';
import { KqlError } from '../kql-error.ts';
import { literal } from '../plan/expression.ts';
import type { MakeSeriesPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { convertValue, toDynamic } from '../values/convert.ts';
import type { DynamicValue } from '../values/dynamic.ts';
import { floorDivide } from '../values/int64.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { collect } from './collect.ts';
import { rowsByGroup } from './partition.ts';
import { prepareExpression, prepareValue } from './prepare.ts';
import { aggregateRows } from './summarize.ts';

/** The axis: its ends where they are given, its step, and how positions are counted. */
type Axis = {
  readonly type: ColumnType;
  readonly from: Value;
  readonly to: Value;
  readonly step: Value;
  readonly isRange: boolean;
};

/** One array of equal length for each series and the axis, a row for each combination of the keys. */
export async function* executeMakeSeries(plan: MakeSeriesPlan, context: QueryContext): AsyncGenerator<Batch> {
  const table = await collect(plan.input, context);
  const axis = await prepareAxis(plan, context);
  const axisVector = (await prepareExpression(plan.axis, context))(table);
  const keyVectors = await Promise.all(
    plan.keys.map(async ({ expression }) => (await prepareExpression(expression, context))(table)),
  );
  const defaults = await Promise.all(
    plan.series.map(({ defaultValue }) => prepareDefault(defaultValue ?? literal('long', 0n), context)),
  );
  const index = new GroupIndex(plan.keys.map(({ expression }) => expression.type));
  const groups = index.assign(keyVectors, table.rowCount);
  const keyColumns = index.keyColumns().map(valueReader);
  const rows: Value[][] = [];
  for (const [group, members] of rowsByGroup(groups, index.size).entries()) {
    context.checkpoint();
    const result = await seriesOf(plan, axis, table, axisVector, members, defaults, context);
    if (result !== undefined) rows.push([...keyColumns.map((read) => read(group)), ...result]);
  }
  yield batchOf(plan.columns, rows);
}

async function prepareAxis(plan: MakeSeriesPlan, context: QueryContext): Promise<Axis> {
  const { type } = plan.axis;
  const ends = async (expression: MakeSeriesPlan['from']): Promise<Value> =>
    expression === undefined ? null : convertValue(await prepareValue(expression, context), expression.type, type);
  const step = convertValue(
    await prepareValue(plan.step, context),
    plan.step.type,
    type === 'datetime' ? 'timespan' : type,
  );
  if (step === null || Number(step) <= 0) throw new KqlError('evaluation', 'the step of make-series must be positive');
  return { type, from: await ends(plan.from), to: await ends(plan.to), step, isRange: plan.isRange };
}

/** What stands where a series has no rows, in the type in which it is written. */
type SeriesDefault = { readonly value: Value; readonly type: ColumnType };

async function prepareDefault(
  expression: Parameters<typeof prepareValue>[0],
  context: QueryContext,
): Promise<SeriesDefault> {
  return { value: await prepareValue(expression, context), type: expression.type };
}

/** The arrays of one key; undefined where there is nothing to draw and empty results are not wanted. */
async function seriesOf(
  plan: MakeSeriesPlan,
  axis: Axis,
  table: Batch,
  axisVector: Vector,
  members: Int32Array,
  defaults: readonly SeriesDefault[],
  context: QueryContext,
): Promise<readonly Value[] | undefined> {
  if (members.length === 0 && !plan.nonEmpty) return undefined;
  const read = valueReader(axisVector);
  const start =
    axis.from === null ? smallestBin(axis, members, read) : axis.isRange ? binOf(axis.from, axis) : axis.from;
  if (start === undefined || start === null) return undefined;
  const positions = Array.from(members, (row) => (isBeyond(read(row), axis) ? -1 : positionOf(read(row), start, axis)));
  const count =
    axis.to === null
      ? positions.reduce((largest, position) => Math.max(largest, position), -1) + 1
      : binCount(start, axis);
  context.checkRows('make-series', count);
  const inside = [...members.keys()].filter(
    (at) => (positions[at] as number) >= 0 && (positions[at] as number) < count,
  );
  if (count === 0 && !plan.nonEmpty) return undefined;
  const rows = table.gather(Int32Array.from(inside, (at) => members[at] as number));
  const bins = Int32Array.from(inside, (at) => positions[at] as number);
  const axisValues = Array.from({ length: count }, (_, position) =>
    toDynamic(advance(start, position, axis), axis.type),
  );
  const arrays = await Promise.all(
    plan.series.map(async ({ aggregate }, series) => {
      const [results] = await aggregateRows(aggregate, rows, bins, count, context);
      return fillArray(results as Vector, bins, count, defaults[series] as SeriesDefault);
    }),
  );
  return [...arrays, axisValues];
}

const wholeTypes: ReadonlySet<ColumnType> = new Set(['int', 'long']);

function fillArray(results: Vector, bins: Int32Array, count: number, fallback: SeriesDefault): DynamicValue[] {
  const filled = new Uint8Array(count);
  for (const bin of bins) filled[bin] = 1;
  const read = valueReader(results);
  // The default of an average is a real, however it is written.
  const isWidened = results.type === 'real' && wholeTypes.has(fallback.type);
  const missing = isWidened
    ? toDynamic(convertValue(fallback.value, fallback.type, 'real'), 'real')
    : toDynamic(fallback.value, fallback.type);
  return Array.from({ length: count }, (_, bin) => (filled[bin] === 1 ? toDynamic(read(bin), results.type) : missing));
}

function smallestBin(axis: Axis, members: Int32Array, read: (row: number) => Value): Value | undefined {
  let smallest: Value | undefined;
  for (const row of members) {
    const value = read(row);
    if (value !== null && (smallest === undefined || (value as number) < (smallest as number))) smallest = value;
  }
  return smallest === undefined ? undefined : binOf(smallest, axis);
}

/** The start of the value's bin where bins are aligned at zero, as bin() does. */
function binOf(value: Value, { step }: Axis): Value {
  if (typeof value === 'bigint' && typeof step === 'bigint') return floorDivide(value, step) * step;
  return Math.floor((value as number) / (step as number)) * (step as number);
}

function positionOf(value: Value, start: Value, { step }: Axis): number {
  if (value === null) return -1;
  if (typeof value === 'bigint') return Number(floorDivide(value - (start as bigint), step as bigint));
  return Math.floor(((value as number) - (start as number)) / (step as number));
}

/** Whether the value is at `to` or behind it, though its bin may begin before: the bound is not inclusive. */
const isBeyond = (value: Value, { to, isRange }: Axis): boolean =>
  !isRange && to !== null && value !== null && (value as number) >= (to as number);

/** How many bins reach from the start to the end; the end itself counts for `in range()` only. */
function binCount(start: Value, { to, step, isRange }: Axis): number {
  const exact =
    typeof to === 'bigint'
      ? Number(to - (start as bigint)) / Number(step)
      : ((to as number) - (start as number)) / (step as number);
  return Math.max(0, isRange ? Math.floor(exact) + 1 : Math.ceil(exact));
}

function advance(start: Value, position: number, { step }: Axis): Value {
  if (typeof start === 'bigint') return start + BigInt(position) * (step as bigint);
  return (start as number) + position * (step as number);
}

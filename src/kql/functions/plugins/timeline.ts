import type { Batch } from '../../columns/batch.ts';
import { type Column, type Vector, valueReader } from '../../columns/column.ts';
import { GroupIndex } from '../../columns/group-index.ts';
import { createKeyEncoder } from '../../columns/key-encoder.ts';
import { KqlError } from '../../kql-error.ts';
import type { EvaluateArgument } from '../../plan/plan.ts';
import { floorDivide } from '../../values/int64.ts';
import type { ColumnDefinition, ColumnType, Value } from '../../values/value.ts';
import { columnIndexOf, constantOf, type PluginArgument, plannedColumn, vectorOf } from '../plugin.ts';

/** Something that an id did at a point of a timeline: ticks of a datetime or timespan, or a whole number. */
export type Activity = { readonly id: number; readonly time: bigint; readonly dimension: number };

export type Activities = {
  readonly all: readonly Activity[];
  readonly timeType: ColumnType;
  /** The number of an id that is known by its value; undefined where no row has it. */
  readonly idOf: (vector: Vector, rowCount: number) => Int32Array;
  readonly idValue: (id: number) => Value;
  readonly dimensionCount: number;
  readonly dimensionValues: (dimension: number) => readonly Value[];
};

/** The rows as activities; a row without id or time is none. */
export function readActivities(
  plugin: string,
  input: Batch,
  [id, timeline]: readonly (PluginArgument | undefined)[],
  dimensions: readonly PluginArgument[],
): Activities {
  const idVector = vectorOf(plugin, id);
  const encoder = createKeyEncoder(idVector.type);
  const ids = encoder.encode(idVector, new Int32Array(input.rowCount), true);
  const readId = valueReader(idVector);
  const timeVector = vectorOf(plugin, timeline);
  const readTime = timeReader(plugin, timeVector);
  const { groups, size, valuesOf } = groupDimensions(plugin, input, dimensions);
  const all: Activity[] = [];
  for (let row = 0; row < input.rowCount; row++) {
    const time = readTime(row);
    if (time === null || readId(row) === null) continue;
    all.push({ id: ids[row] as number, time, dimension: groups[row] as number });
  }
  return {
    all,
    timeType: timeVector.type,
    idOf: (vector, rowCount) => encoder.encode(vector, new Int32Array(rowCount), false),
    idValue: (known) => encoder.value(known),
    dimensionCount: size,
    dimensionValues: valuesOf,
  };
}

/** The first and the last time; 0 where there is no activity. */
export function timeRange({ all }: Activities): readonly [first: bigint, last: bigint] {
  let first = all[0]?.time ?? 0n;
  let last = first;
  for (const { time } of all) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return [first, last];
}

/** The rows numbered by their combination of dimensions. */
export function groupDimensions(plugin: string, input: Batch, dimensions: readonly PluginArgument[]) {
  const columns = dimensions.map((argument) => input.column(columnIndexOf(plugin, argument)));
  const index = new GroupIndex(columns.map(({ type }) => type));
  const groups = index.assign(columns, input.rowCount);
  const readers = index.keyColumns().map((column: Column) => valueReader(column));
  const valuesOf = (group: number): readonly Value[] => readers.map((read) => read(group));
  return { groups, size: index.size, valuesOf };
}

/** The points of a column of whole numbers, datetimes or timespans. */
export function timeReader(plugin: string, vector: Vector): (row: number) => bigint | null {
  if (!['int', 'long', 'datetime', 'timespan'].includes(vector.type)) {
    throw new KqlError('unsupported', `${plugin} runs over datetimes, timespans and whole numbers, not ${vector.type}`);
  }
  const read = valueReader(vector);
  return (row) => {
    const value = read(row);
    return value === null ? null : BigInt(value as bigint | number);
  };
}

/** A point as a value of the timeline's type. */
export const timeValue = (time: bigint, type: ColumnType): Value => (type === 'int' ? Number(time) : time);

/** A constant point or distance on the timeline. */
export function pointOf(plugin: string, argument: PluginArgument | undefined, what: string): bigint {
  const value = constantOf(plugin, argument, what);
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw new KqlError('binding', `${plugin}: ${what} is a datetime, a timespan or a whole number`);
}

/** A constant distance larger than zero. */
export function stepOf(plugin: string, argument: PluginArgument | undefined, what: string): bigint {
  const step = pointOf(plugin, argument, what);
  if (step > 0n) return step;
  throw new KqlError('evaluation', `${plugin}: ${what} must be larger than zero`);
}

/** The last multiple of the step, counted from the origin, that is not after the point. */
export const binAt = (time: bigint, step: bigint, origin: bigint): bigint =>
  origin + floorDivide(time - origin, step) * step;

/** The planned columns of the dimensions from an argument on; only columns can be dimensions. */
export const dimensionColumns = (
  plugin: string,
  args: readonly EvaluateArgument[],
  from: number,
): readonly ColumnDefinition[] => args.slice(from).map((argument) => plannedColumn(plugin, argument));

export const longColumn = (name: string): ColumnDefinition => ({ name, type: 'long' });
export const realColumn = (name: string): ColumnDefinition => ({ name, type: 'real' });

export const byNumber = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

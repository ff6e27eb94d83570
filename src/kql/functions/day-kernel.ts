import type { Column, Int64Type } from '../columns/column.ts';
import { NARROW_EPOCH_TICKS } from '../columns/column.ts';
import { TICKS_PER_DAY, TICKS_PER_HOUR } from '../values/datetime.ts';
import { numberSource } from './number-source.ts';
import type { Kernel } from './scalar-function.ts';

const DAY = Number(TICKS_PER_DAY);
const HOUR = Number(TICKS_PER_HOUR);
/** Days from 0001-01-01 to the narrow epoch, which is a midnight. */
const EPOCH_DAYS = Number(NARROW_EPOCH_TICKS / TICKS_PER_DAY);

/** The days (since 0001-01-01) on which each narrow datetime falls, each passed through `ofDay`; rows of one day share a call. */
function mapDays(
  data: Float64Array | Int32Array,
  ofDay: (day: number) => number,
  out: Float64Array | Int32Array,
): void {
  let from = Number.NaN;
  let value = 0;
  for (let i = 0; i < out.length; i++) {
    const ticks = data[i] as number;
    if (!(ticks >= from && ticks < from + DAY)) {
      const day = Math.floor(ticks / DAY);
      from = day * DAY;
      value = ofDay(day + EPOCH_DAYS);
    }
    out[i] = value;
  }
}

/** A kernel for a function of the day alone whose result is a whole number. */
export function dayNumberKernel(type: 'int' | 'long', ofDay: (day: number) => number): Kernel {
  return ([dates], rowCount): Column | undefined => {
    const source = dates === undefined || dates.kind === 'constant' ? undefined : numberSource(dates);
    if (source === undefined) return undefined;
    const { nulls } = source;
    if (type === 'int') {
      const data = new Int32Array(rowCount);
      mapDays(source.data, ofDay, data);
      return { kind: 'int', type, length: rowCount, data, nulls };
    }
    const data = new Float64Array(rowCount);
    mapDays(source.data, ofDay, data);
    return { kind: 'int64', type, length: rowCount, data, nulls };
  };
}

/** A kernel for a function of the day alone whose result is a number of days: a datetime since 0001-01-01, or a timespan. */
export function dayTicksKernel(type: Int64Type, ofDay: (day: number) => number): Kernel {
  const base = type === 'datetime' ? EPOCH_DAYS : 0;
  return ([dates, ...rest], rowCount): Column | undefined => {
    if (dates === undefined || dates.kind === 'constant' || rest.length > 0) return undefined;
    const source = numberSource(dates);
    if (source === undefined) return undefined;
    const data = new Float64Array(rowCount);
    mapDays(source.data, (day) => (ofDay(day) - base) * DAY, data);
    // Near the ends of the narrow range a period may start outside it.
    for (const ticks of data) if (!Number.isSafeInteger(ticks)) return undefined;
    return { kind: 'int64', type, length: rowCount, data, nulls: source.nulls };
  };
}

/** The kernel of the hour of the day, from 0 to 23. */
export const hourKernel: Kernel = ([dates], rowCount): Column | undefined => {
  const source = dates === undefined || dates.kind === 'constant' ? undefined : numberSource(dates);
  if (source === undefined) return undefined;
  const data = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    const hours = Math.floor((source.data[i] as number) / HOUR);
    data[i] = hours - Math.floor(hours / 24) * 24;
  }
  return { kind: 'int64', type: 'long', length: rowCount, data, nulls: source.nulls };
};

import { KqlError } from '../../kql-error.ts';
import { daysFromMonths, monthsFromDays, TICKS_PER_DAY } from '../../values/datetime.ts';
import { constantOf, type PluginArgument } from '../plugin.ts';
import { binAt, stepOf } from './timeline.ts';

/** A timeline cut into pieces that follow each other. */
export type Bins = {
  /** The beginning of the piece that holds the point. */
  readonly of: (time: bigint) => bigint;
  /** The beginning of the piece `count` pieces later. */
  readonly after: (bin: bigint, count?: number) => bigint;
};

export const steppedBins = (step: bigint, origin: bigint): Bins => ({
  of: (time) => binAt(time, step, origin),
  after: (bin, count = 1) => bin + step * BigInt(count),
});

/** 0001-01-01 was a Monday; weeks start on Sunday. */
const calendarBins: Readonly<Record<string, Bins>> = {
  week: {
    of: (time) => binAt(time, 7n * TICKS_PER_DAY, -TICKS_PER_DAY),
    after: (bin, count = 1) => bin + 7n * BigInt(count) * TICKS_PER_DAY,
  },
  month: monthBins(1),
  year: monthBins(12),
};

function monthBins(months: number): Bins {
  const startOf = (month: number): bigint => BigInt(daysFromMonths(month)) * TICKS_PER_DAY;
  const monthOf = (time: bigint): number => monthsFromDays(Number(time / TICKS_PER_DAY));
  return {
    of: (time) => startOf(Math.floor(monthOf(time) / months) * months),
    after: (bin, count = 1) => startOf(monthOf(bin) + count * months),
  };
}

/** The bins of an argument that is a distance, counted from `origin`, or one of week, month and year. */
export function binsOf(plugin: string, argument: PluginArgument | undefined, what: string, origin: bigint): Bins {
  const value = constantOf(plugin, argument, what);
  if (typeof value !== 'string') return steppedBins(stepOf(plugin, argument, what), origin);
  const bins = calendarBins[value.toLowerCase()];
  if (bins !== undefined) return bins;
  throw new KqlError('binding', `${plugin}: ${what} is a timespan, a number, or one of week, month and year`);
}

/** The bins from that of `from` to that of `to`, at most a million. */
export function binsBetween(plugin: string, bins: Bins, from: bigint, to: bigint): readonly bigint[] {
  const all: bigint[] = [];
  for (let bin = bins.of(from); bin <= to; bin = bins.after(bin)) {
    all.push(bin);
    if (all.length > 1_000_000) throw new KqlError('limit', `${plugin} would yield more than a million windows`);
  }
  return all;
}

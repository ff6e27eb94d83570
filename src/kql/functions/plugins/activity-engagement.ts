import { batchOf } from '../../columns/batch.ts';
import type { EvaluateArgument } from '../../plan/plan.ts';
import type { Value } from '../../values/value.ts';
import { type Plugin, type PluginArgument, plannedColumn } from '../plugin.ts';
import { steppedBins } from './bins.ts';
import {
  type Activities,
  byNumber,
  dimensionColumns,
  longColumn,
  pointOf,
  readActivities,
  realColumn,
  stepOf,
  timeRange,
} from './timeline.ts';
import { byBin, windowRow, windowsOf } from './window-ids.ts';

const NAME = 'activity_engagement';

/** `(id, timeline, start, end, inner, outer, …)` or `(id, timeline, inner, outer)`: where the inner window stands. */
function innerPosition(args: readonly (EvaluateArgument | PluginArgument)[]): number {
  const sixth = args[5];
  return sixth?.kind === 'expression' && sixth.expression.kind !== 'column' ? 4 : 2;
}

export const activityEngagement: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, [start, end,] innerWindow, outerWindow [, dimension, …])`,
  summary: 'By inner window: how many ids it has, how many the outer window that ends with it, and the ratio.',
  page: 'activity-engagement-plugin',
  columns: (_input, args) => [
    plannedColumn(NAME, args[1]),
    ...dimensionColumns(NAME, args, innerPosition(args) + 2),
    ...['dcount_activities_inner', 'dcount_activities_outer'].map(longColumn),
    realColumn('activity_ratio'),
  ],
  run(input, args, columns) {
    const position = innerPosition(args);
    const activities = readActivities(NAME, input, args, args.slice(position + 2));
    const stated = position === 4;
    const [first, last] = timeRange(activities);
    const start = stated ? pointOf(NAME, args[2], 'the start') : first;
    const end = stated ? pointOf(NAME, args[3], 'the end') : last;
    const inner = stepOf(NAME, args[position], 'the inner window');
    const outer = stepOf(NAME, args[position + 1], 'the outer window');
    const rows: { bin: bigint; row: Value[] }[] = [];
    for (const windows of windowsOf(activities, steppedBins(inner, stated ? start : 0n), start, end)) {
      const dimension = [...windows.values()][0]?.dimension ?? 0;
      const slider = slidingIds(activities, dimension, end);
      for (const { bin, ids } of windows.values()) {
        const outerCount = slider(bin + inner - outer, bin + inner);
        const figures: Value[] = [BigInt(ids.size), BigInt(outerCount), ids.size / outerCount];
        rows.push({ bin, row: windowRow(activities, bin, dimension, figures) });
      }
    }
    return batchOf(
      columns ?? [],
      byBin(rows).map(({ row }) => row),
    );
  },
};

/** Counts the distinct ids from one point up to, not including, another; both only move forward from call to call. */
function slidingIds({ all }: Activities, dimension: number, end: bigint): (from: bigint, to: bigint) => number {
  const sorted = all
    .filter((activity) => activity.dimension === dimension && activity.time <= end)
    .sort((a, b) => byNumber(a.time, b.time));
  const counts = new Map<number, number>();
  let head = 0;
  let tail = 0;
  return (from, to) => {
    for (; head < sorted.length && (sorted[head] as (typeof sorted)[number]).time < to; head++) {
      const { id } = sorted[head] as (typeof sorted)[number];
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (; tail < head && (sorted[tail] as (typeof sorted)[number]).time < from; tail++) {
      const { id } = sorted[tail] as (typeof sorted)[number];
      const left = (counts.get(id) as number) - 1;
      if (left === 0) counts.delete(id);
      else counts.set(id, left);
    }
    return counts.size;
  };
}

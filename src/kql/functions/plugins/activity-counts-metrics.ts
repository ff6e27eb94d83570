import { batchOf } from '../../columns/batch.ts';
import type { Value } from '../../values/value.ts';
import { type Plugin, plannedColumn } from '../plugin.ts';
import { binsOf } from './bins.ts';
import { dimensionColumns, longColumn, pointOf, readActivities } from './timeline.ts';
import { byBin, windowRow, windowsOf } from './window-ids.ts';

const NAME = 'activity_counts_metrics';

export const activityCountsMetrics: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, start, end, window [, dimension, …])`,
  summary: 'By window: how many rows, ids, ids never seen before, and ids so far.',
  page: 'activity-counts-metrics-plugin',
  columns: (_input, args) => [
    plannedColumn(NAME, args[1]),
    ...dimensionColumns(NAME, args, 5),
    ...['count', 'dcount', 'new_dcount', 'aggregated_dcount'].map(longColumn),
  ],
  run(input, args, columns) {
    const start = pointOf(NAME, args[2], 'the start');
    const end = pointOf(NAME, args[3], 'the end');
    const activities = readActivities(NAME, input, args, args.slice(5));
    const rows: { bin: bigint; row: Value[] }[] = [];
    for (const windows of windowsOf(activities, binsOf(NAME, args[4], 'the window', start), start, end)) {
      const seen = new Set<number>();
      for (const { bin, dimension, count, ids } of windows.values()) {
        const before = seen.size;
        for (const id of ids) seen.add(id);
        const figures = [count, ids.size, seen.size - before, seen.size].map(BigInt);
        rows.push({ bin, row: windowRow(activities, bin, dimension, figures) });
      }
    }
    return batchOf(
      columns ?? [],
      byBin(rows).map(({ row }) => row),
    );
  },
};

import { batchOf } from '../../columns/batch.ts';
import type { EvaluateArgument } from '../../plan/plan.ts';
import type { Value } from '../../values/value.ts';
import { type Plugin, type PluginArgument, plannedColumn } from '../plugin.ts';
import { binsOf } from './bins.ts';
import { dimensionColumns, longColumn, pointOf, readActivities, realColumn, timeRange } from './timeline.ts';
import { byBin, windowRow, windowsOf } from './window-ids.ts';

const NAME = 'activity_metrics';

/** `(id, timeline, start, end, window, …)` or `(id, timeline, window, …)`: where the window stands. */
function windowPosition(args: readonly (EvaluateArgument | PluginArgument)[]): number {
  const fifth = args[4];
  return fifth?.kind === 'expression' && fifth.expression.kind !== 'column' ? 4 : 2;
}

export const activityMetrics: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, [start, end,] window [, dimension, …])`,
  summary: 'By window, against the window before: how many ids, how many new ones, retention and churn.',
  page: 'activity-metrics-plugin',
  columns: (_input, args) => [
    plannedColumn(NAME, args[1]),
    ...dimensionColumns(NAME, args, windowPosition(args) + 1),
    ...['dcount_values', 'dcount_newvalues'].map(longColumn),
    ...['retention_rate', 'churn_rate'].map(realColumn),
  ],
  run(input, args, columns) {
    const position = windowPosition(args);
    const activities = readActivities(NAME, input, args, args.slice(position + 1));
    const stated = position === 4;
    const [first, last] = timeRange(activities);
    const start = stated ? pointOf(NAME, args[2], 'the start') : first;
    const end = stated ? pointOf(NAME, args[3], 'the end') : last;
    const bins = binsOf(NAME, args[position], 'the window', stated ? start : 0n);
    const rows: { bin: bigint; row: Value[] }[] = [];
    for (const windows of windowsOf(activities, bins, start, end)) {
      for (const { bin, dimension, ids } of windows.values()) {
        const before = windows.get(bins.after(bin, -1))?.ids ?? new Set<number>();
        const retained = [...ids].filter((id) => before.has(id)).length;
        const figures: Value[] = [BigInt(ids.size), BigInt(ids.size - retained)];
        // Without ids before there is nothing to retain: 0 / 0.
        figures.push(retained / before.size, (before.size - retained) / before.size);
        rows.push({ bin, row: windowRow(activities, bin, dimension, figures) });
      }
    }
    return batchOf(
      columns ?? [],
      byBin(rows).map(({ row }) => row),
    );
  },
};

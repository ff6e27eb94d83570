import { batchOf } from '../../columns/batch.ts';
import type { Value } from '../../values/value.ts';
import { type Plugin, plannedColumn } from '../plugin.ts';
import { binsBetween, binsOf } from './bins.ts';
import { dimensionColumns, longColumn, pointOf, readActivities, stepOf } from './timeline.ts';
import { byBin, windowRow, windowsOf } from './window-ids.ts';

const NAME = 'sliding_window_counts';

/** A row counts in the bin where it lies and in those that begin less than the lookback window later. */
export const slidingWindowCounts: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, start, end, lookbackWindow, bin [, dimension, …])`,
  summary: 'By bin: how many rows and how many ids the lookback window has that ends with it.',
  page: 'sliding-window-counts-plugin',
  columns: (_input, args) => [
    plannedColumn(NAME, args[1]),
    ...dimensionColumns(NAME, args, 6),
    ...['Count', 'Dcount'].map(longColumn),
  ],
  run(input, args, columns, context) {
    const start = pointOf(NAME, args[2], 'the start');
    const end = pointOf(NAME, args[3], 'the end');
    const lookback = stepOf(NAME, args[4], 'the lookback window');
    const bins = binsOf(NAME, args[5], 'the bin', start);
    const activities = readActivities(NAME, input, args, args.slice(6));
    const targets = binsBetween(NAME, bins, start, end);
    const rows: { bin: bigint; row: Value[] }[] = [];
    for (const [dimension, windows] of windowsOf(activities, bins, start - lookback, end).entries()) {
      const sources = [...windows.values()];
      let first = 0;
      for (const bin of targets) {
        context.checkpoint();
        while (first < sources.length && (sources[first] as (typeof sources)[number]).bin <= bin - lookback) first++;
        const ids = new Set<number>();
        let count = 0;
        for (let at = first; at < sources.length && (sources[at] as (typeof sources)[number]).bin <= bin; at++) {
          const source = sources[at] as (typeof sources)[number];
          count += source.count;
          for (const id of source.ids) ids.add(id);
        }
        if (count > 0)
          rows.push({ bin, row: windowRow(activities, bin, dimension, [BigInt(count), BigInt(ids.size)]) });
      }
    }
    return batchOf(
      columns ?? [],
      byBin(rows).map(({ row }) => row),
    );
  },
};

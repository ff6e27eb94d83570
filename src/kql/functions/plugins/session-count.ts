import { batchOf } from '../../columns/batch.ts';
import { type Plugin, plannedColumn } from '../plugin.ts';
import { binAt, byNumber, dimensionColumns, longColumn, pointOf, readActivities, stepOf } from './timeline.ts';
import { byBin, windowRow } from './window-ids.ts';

const NAME = 'session_count';

/** A session begins where its id was not seen within the lookback window before; sessions count in the bin of their begin. */
export const sessionCount: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, start, end, bin, lookbackWindow [, dimension, …])`,
  summary: 'How many sessions begin, by bin.',
  page: 'session-count-plugin',
  columns: (_input, args) => [
    plannedColumn(NAME, args[1]),
    ...dimensionColumns(NAME, args, 6),
    longColumn('count_sessions'),
  ],
  run(input, args, columns) {
    const start = pointOf(NAME, args[2], 'the start');
    const end = pointOf(NAME, args[3], 'the end');
    const step = stepOf(NAME, args[4], 'the bin');
    const lookback = stepOf(NAME, args[5], 'the lookback window');
    const activities = readActivities(NAME, input, args, args.slice(6));
    const sorted = activities.all
      .filter(({ time }) => time > start - lookback && time <= end)
      .sort((a, b) => byNumber(a.time, b.time));
    const lastSeen = new Map<string, bigint>();
    const sessions = new Map<string, { bin: bigint; dimension: number; count: number }>();
    for (const { id, time, dimension } of sorted) {
      const key = `${dimension} ${id}`;
      const before = lastSeen.get(key);
      lastSeen.set(key, time);
      if (time < start || (before !== undefined && time - before < lookback)) continue;
      const bin = binAt(time, step, 0n);
      const entry = sessions.get(`${dimension} ${bin}`) ?? { bin, dimension, count: 0 };
      entry.count++;
      sessions.set(`${dimension} ${bin}`, entry);
    }
    return batchOf(
      columns ?? [],
      byBin([...sessions.values()]).map(({ bin, dimension, count }) =>
        windowRow(activities, bin, dimension, [BigInt(count)]),
      ),
    );
  },
};

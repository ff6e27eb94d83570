import { batchOf } from '../../columns/batch.ts';
import type { Value } from '../../values/value.ts';
import { type Plugin, plannedColumn } from '../plugin.ts';
import {
  binAt,
  byNumber,
  dimensionColumns,
  longColumn,
  pointOf,
  readActivities,
  stepOf,
  timeValue,
} from './timeline.ts';

const NAME = 'active_users_count';

/**
 * The ids that were active at one of their appearances, by bin: seen in enough different periods within the lookback
 * window that ends there, its begin left out.
 */
export const activeUsersCount: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, start, end, lookbackWindow, period, activePeriods, bin [, dimension, …])`,
  summary: 'How many ids appeared in at least so many periods of a lookback window, by bin.',
  page: 'active-users-count-plugin',
  columns: (_input, args) => [
    plannedColumn(NAME, args[1]),
    ...dimensionColumns(NAME, args, 8),
    longColumn('dcount_values'),
  ],
  run(input, args, columns) {
    const start = pointOf(NAME, args[2], 'the start');
    const end = pointOf(NAME, args[3], 'the end');
    const lookback = stepOf(NAME, args[4], 'the lookback window');
    const period = stepOf(NAME, args[5], 'the period');
    const needed = Number(pointOf(NAME, args[6], 'the number of periods'));
    const bin = stepOf(NAME, args[7], 'the bin');
    const { all, timeType, dimensionValues } = readActivities(NAME, input, args, args.slice(8));
    const timesOf = new Map<string, bigint[]>();
    for (const { id, time, dimension } of all) {
      if (time <= start - lookback || time > end) continue;
      const key = `${dimension} ${id}`;
      const times = timesOf.get(key);
      if (times === undefined) timesOf.set(key, [time]);
      else times.push(time);
    }
    const active = new Map<string, { bin: bigint; dimension: number; ids: Set<string> }>();
    for (const [key, times] of timesOf) {
      const dimension = Number(key.split(' ')[0]);
      for (const time of activeTimes(times.sort(byNumber), lookback, (at) => binAt(at, period, start), needed)) {
        if (time < start) continue;
        const from = binAt(time, bin, start);
        const entry = active.get(`${dimension} ${from}`) ?? { bin: from, dimension, ids: new Set<string>() };
        entry.ids.add(key);
        active.set(`${dimension} ${from}`, entry);
      }
    }
    const rows = [...active.values()].sort((a, b) => byNumber(a.bin, b.bin) || a.dimension - b.dimension);
    return batchOf(
      columns ?? [],
      rows.map(({ bin: from, dimension, ids }): Value[] => [
        timeValue(from, timeType),
        ...dimensionValues(dimension),
        BigInt(ids.size),
      ]),
    );
  },
};

/** The times (ascending) that close a lookback window with enough different periods. */
function* activeTimes(
  times: readonly bigint[],
  lookback: bigint,
  periodOf: (time: bigint) => bigint,
  needed: number,
): Generator<bigint> {
  let first = 0;
  for (const [last, time] of times.entries()) {
    while ((times[first] as bigint) <= time - lookback) first++;
    if (new Set(times.slice(first, last + 1).map(periodOf)).size >= needed) yield time;
  }
}

import { batchOf } from '../../columns/batch.ts';
import { KqlError } from '../../kql-error.ts';
import type { EvaluateArgument } from '../../plan/plan.ts';
import type { Value } from '../../values/value.ts';
import { columnIndexOf, type Plugin, type PluginArgument, plannedColumn, tableOf } from '../plugin.ts';
import { binsBetween, binsOf } from './bins.ts';
import { type Activities, longColumn, pointOf, readActivities, realColumn, timeValue } from './timeline.ts';
import { type WindowIds, windowsOf } from './window-ids.ts';

const NAME = 'new_activity_metrics';

type Optional<T> = {
  readonly cohort: T | undefined;
  readonly dimensions: readonly T[];
  readonly lookback: T | undefined;
};

/** After the window: a constant is the cohort, columns are dimensions, a table holds the ids of the lookback period. */
function optionalArguments<T extends EvaluateArgument | PluginArgument>(args: readonly T[]): Optional<T> {
  const rest = args.slice(5);
  const isColumn = (argument: T): boolean => argument.kind === 'expression' && argument.expression.kind === 'column';
  return {
    cohort: rest.find((argument) => argument.kind === 'expression' && !isColumn(argument)),
    dimensions: rest.filter(isColumn),
    lookback: rest.find((argument) => argument.kind === 'table'),
  };
}

/** The ids of the lookback table, by their column's name, or its only column; they are never new. */
function lookbackIds(
  argument: PluginArgument | undefined,
  idName: string,
  activities: Activities,
): ReadonlySet<number> {
  if (argument === undefined) return new Set();
  const table = tableOf(NAME, argument);
  const named = table.columns.findIndex(({ name }) => name === idName);
  const index = named < 0 && table.columns.length === 1 ? 0 : named;
  if (index < 0) throw new KqlError('binding', `${NAME}: the lookback table has no column '${idName}'`);
  return new Set(activities.idOf(table.column(index), table.rowCount));
}

const without = (ids: ReadonlySet<number>, other: ReadonlySet<number>): Set<number> =>
  new Set([...ids].filter((id) => !other.has(id)));

/** A cohort (ids first seen in `from`) against the ids of a later window. */
function compare(
  cohort: ReadonlySet<number>,
  seen: ReadonlySet<number>,
  to: ReadonlySet<number>,
  isSame: boolean,
): Value[] {
  const retained = [...cohort].filter((id) => to.has(id)).length;
  const churned = cohort.size - retained;
  const fresh = isSame ? cohort.size : without(to, seen).size;
  return [BigInt(fresh), BigInt(retained), BigInt(churned), retained / cohort.size, churned / cohort.size];
}

export const newActivityMetrics: Plugin = {
  name: NAME,
  signature: `${NAME}(id, timeline, start, end, window [, cohort] [, dimension, …] [, lookback])`,
  summary: 'For the ids first seen in a window: how many are seen again in each later one.',
  page: 'new-activity-metrics-plugin',
  columns(_input, args) {
    const { name, type } = plannedColumn(NAME, args[1]);
    return [
      { name: `from_${name}`, type },
      { name: `to_${name}`, type },
      ...optionalArguments(args).dimensions.map((argument) => plannedColumn(NAME, argument)),
      ...['dcount_new_values', 'dcount_retained_values', 'dcount_churn_values'].map(longColumn),
      ...['retention_rate', 'churn_rate'].map(realColumn),
    ];
  },
  run(input, args, columns, context) {
    const start = pointOf(NAME, args[2], 'the start');
    const end = pointOf(NAME, args[3], 'the end');
    const { cohort, dimensions, lookback } = optionalArguments(args);
    const activities = readActivities(NAME, input, args, dimensions);
    const known = lookbackIds(lookback, input.columns[columnIndexOf(NAME, args[0])]?.name ?? '', activities);
    const bins = binsOf(NAME, args[4], 'the window', start);
    const only = cohort === undefined ? undefined : bins.of(pointOf(NAME, cohort, 'the cohort'));
    const targets = binsBetween(NAME, bins, start, end);
    const rows: Value[][] = [];
    for (const [dimension, windows] of windowsOf(activities, bins, start, end).entries()) {
      const seen = new Set(known);
      for (const from of targets) {
        const ids = idsOf(windows, from);
        const fresh = without(ids, seen);
        for (const id of ids) seen.add(id);
        if (fresh.size === 0 || (only !== undefined && from !== only)) continue;
        context.checkRows(NAME, rows.length + targets.length);
        context.checkpoint();
        for (const to of targets) {
          if (to < from) continue;
          rows.push([
            timeValue(from, activities.timeType),
            timeValue(to, activities.timeType),
            ...activities.dimensionValues(dimension),
            ...compare(fresh, seen, idsOf(windows, to), to === from),
          ]);
        }
      }
    }
    return batchOf(columns ?? [], rows);
  },
};

const noIds: ReadonlySet<number> = new Set();
const idsOf = (windows: ReadonlyMap<bigint, WindowIds>, bin: bigint): ReadonlySet<number> =>
  windows.get(bin)?.ids ?? noIds;

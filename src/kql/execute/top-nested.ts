import { Batch, batchOf } from '../columns/batch.ts';
import { type Column, valueAt } from '../columns/column.ts';
import { expand } from '../columns/column-builder.ts';
import { GroupIndex } from '../columns/group-index.ts';
import type { TopNestedLevel, TopNestedPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { compareValues } from '../values/compare.ts';
import { convertValue } from '../values/convert.ts';
import type { Value } from '../values/value.ts';
import { collect } from './collect.ts';
import { rowsByGroup } from './partition.ts';
import { prepareExpression, prepareValue } from './prepare.ts';
import { aggregateRows } from './summarize.ts';

/** The best values of the first level, within each the best of the second, and so on. */
export async function* executeTopNested(plan: TopNestedPlan, context: QueryContext): AsyncGenerator<Batch> {
  const table = await collect(plan.input, context);
  yield batchOf(plan.columns, await nest(plan, 0, table, context));
}

async function nest(plan: TopNestedPlan, depth: number, table: Batch, context: QueryContext): Promise<Value[][]> {
  const level = plan.levels[depth];
  if (level === undefined) return [[]];
  context.checkpoint();
  const { index, groups, results, order } = await rankGroups(level, table, context);
  const count =
    level.count === undefined ? order.length : Math.max(0, Number(await prepareValue(level.count, context)));
  const members = rowsByGroup(groups, index.size);
  const keys = index.keyColumns()[0] as Column;
  const rows: Value[][] = [];
  for (const group of order.slice(0, count)) {
    const head = [valueAt(keys, group), valueAt(results, group)];
    const inner = await nest(plan, depth + 1, table.gather(members[group] as Int32Array), context);
    for (const tail of inner) rows.push([...head, ...tail]);
  }
  const rest = order.slice(count).flatMap((group) => [...(members[group] as Int32Array)]);
  const isCounted = plan.levels.slice(depth).some(({ others }) => others !== undefined);
  if (isCounted && rest.length > 0)
    rows.push(await othersRow(plan, depth, table.gather(Int32Array.from(rest)), context));
  return rows;
}

async function rankGroups(level: TopNestedLevel, table: Batch, context: QueryContext) {
  const of = await prepareExpression(level.of, context);
  const index = new GroupIndex([level.of.type]);
  const groups = index.assign([of(table)], table.rowCount);
  const column = await aggregateLevel(level, table, groups, index.size, context);
  const sign = level.direction === 'asc' ? 1 : -1;
  const order = Array.from({ length: index.size }, (_, group) => group).sort((a, b) => {
    const x = valueAt(column, a);
    const y = valueAt(column, b);
    if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
    return sign * compareValues(x, y, column.type) || a - b;
  });
  return { index, groups, results: column, order };
}

/** What ranks each group of a level: its aggregates, and the expression over them. */
async function aggregateLevel(
  { aggregates, result }: TopNestedLevel,
  rows: Batch,
  groups: Int32Array,
  groupCount: number,
  context: QueryContext,
): Promise<Column> {
  const columns = await Promise.all(
    aggregates.map((aggregate) => aggregateRows(aggregate, rows, groups, groupCount, context)),
  );
  const results = columns.flat();
  const definitions = results.map(({ type }, index) => ({ name: `$aggregate${index}`, type }));
  const evaluate = await prepareExpression(result, context);
  return expand(evaluate(new Batch(definitions, groupCount, results)), groupCount);
}

/**
 * The row of all values that are not among the best of a level, for this level and those below it: each level that has
 * `with others` gives its label and its aggregate of these rows, the others are empty.
 */
async function othersRow(plan: TopNestedPlan, depth: number, rest: Batch, context: QueryContext): Promise<Value[]> {
  const cells: Value[] = [];
  for (const [below, level] of plan.levels.slice(depth).entries()) {
    const { of, others } = level;
    if (others === undefined) {
      const columns = plan.columns.slice((depth + below) * 2, (depth + below + 1) * 2);
      cells.push(...columns.map(({ type }) => (type === 'string' ? '' : null)));
      continue;
    }
    const result = await aggregateLevel(level, rest, new Int32Array(rest.rowCount), 1, context);
    const label = convertValue(await prepareValue(others, context), others.type, of.type);
    cells.push(label, valueAt(result, 0));
  }
  return cells;
}

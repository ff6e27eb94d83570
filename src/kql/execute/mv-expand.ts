import { Batch } from '../columns/batch.ts';
import { valueReader } from '../columns/column.ts';
import { createColumnBuilder } from '../columns/column-builder.ts';
import { gather } from '../columns/gather.ts';
import type { MvExpandPlan } from '../plan/plan.ts';
import type { QueryContext } from '../query-context.ts';
import { convertValue } from '../values/convert.ts';
import { type DynamicValue, isArray, isBag } from '../values/dynamic.ts';
import type { ColumnDefinition, Value } from '../values/value.ts';
import { execute } from './execute.ts';
import { prepareAll, prepareValue } from './prepare.ts';
import { rebatch } from './table.ts';

/** One row for each item; several expanded columns advance together, the shorter ones giving nulls. */
export async function* executeMvExpand(plan: MvExpandPlan, context: QueryContext): AsyncGenerator<Batch> {
  const evaluators = await prepareAll(
    plan.expansions.map(({ expression }) => expression),
    context,
  );
  const limit = plan.limit === undefined ? Number.POSITIVE_INFINITY : Number(await prepareValue(plan.limit, context));
  for await (const batch of execute(plan.input, context)) {
    const readers = evaluators.map((evaluate) => valueReader(evaluate(batch)));
    let rowCount = 0;
    for (let row = 0; row < batch.rowCount; ) {
      const part = expandRows(plan, batch, row, readers, limit);
      row = part.nextRow;
      rowCount += part.expanded.rowCount;
      context.checkRows('mv-expand', rowCount, plan.columns);
      await context.pause(part.expanded.rowCount);
      yield* rebatch(part.expanded, context);
    }
  }
}

/** A batch of long arrays can give billions of rows: they are handed on in parts of about this size. */
const MAX_ITEMS = 1 << 20;

type Reader = (row: number) => Value;

/** The items of rows from `firstRow` on, as far as they make one part. */
function expandRows(
  plan: MvExpandPlan,
  batch: Batch,
  firstRow: number,
  readers: readonly Reader[],
  limit: number,
): { readonly expanded: Batch; readonly nextRow: number } {
  const rows: number[] = [];
  const itemIndices: number[] = [];
  const builders = plan.expansions.map(({ index }) =>
    createColumnBuilder((plan.columns[index] as ColumnDefinition).type),
  );
  let row = firstRow;
  for (; row < batch.rowCount && rows.length < MAX_ITEMS; row++) {
    const lists = readers.map((read, position) => itemsOf(read(row), plan, position));
    const count = Math.min(limit, Math.max(...lists.map((list) => list.length)));
    for (let item = 0; item < count; item++) {
      rows.push(row);
      itemIndices.push(item);
      for (const [position, builder] of builders.entries()) {
        const { index, expression } = plan.expansions[position] as (typeof plan.expansions)[number];
        const value = lists[position]?.[item] ?? null;
        builder.append(convertValue(value, expression.type, (plan.columns[index] as ColumnDefinition).type));
      }
    }
  }
  const expanded = builders.map((builder) => builder.build());
  return { expanded: expandedBatch(plan, batch, rows, itemIndices, expanded), nextRow: row };
}

/** The items of one cell: an array's, a bag's as single-key bags (or [key, value] arrays); a null is one null item. */
function itemsOf(value: Value, plan: MvExpandPlan, position: number): readonly Value[] {
  if (plan.expansions[position]?.expression.type !== 'dynamic') return [value];
  const dynamic = value as DynamicValue;
  if (isArray(dynamic)) return dynamic;
  if (!isBag(dynamic)) return [dynamic];
  return [...dynamic].map(
    ([key, item]): DynamicValue => (plan.bagKind === 'array' ? [key, item] : new Map([[key, item]])),
  );
}

function expandedBatch(
  plan: MvExpandPlan,
  batch: Batch,
  rows: readonly number[],
  itemIndices: readonly number[],
  expanded: readonly ReturnType<Batch['column']>[],
): Batch {
  const indices = Int32Array.from(rows);
  return new Batch(
    plan.columns,
    rows.length,
    plan.columns.map((_, column) => {
      const position = plan.expansions.findIndex(({ index }) => index === column);
      if (position >= 0) return expanded[position] as ReturnType<Batch['column']>;
      if (column === plan.itemIndex) {
        return {
          kind: 'int64',
          type: 'long',
          length: rows.length,
          data: Float64Array.from(itemIndices),
          nulls: undefined,
        };
      }
      return () => gather(batch.column(column), indices);
    }),
  );
}

import type { Vector } from '../../columns/column.ts';
import type { ColumnType } from '../../values/value.ts';
import type { AggregateCall, AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { GroupedBest } from '../grouped-best.ts';
import { groupedRows } from '../grouped-rows.ts';

/** The row with the extreme value: that value, then the other arguments of the same row; the first row where all are null. */
function createArgExtreme({ types }: AggregateCall, direction: 'max' | 'min'): GroupedAccumulator {
  const best = new GroupedBest(types[0] as ColumnType, direction);
  const rows = groupedRows(types.slice(1));
  return {
    update(groups, rowCount, groupCount, args) {
      rows.start(groups, rowCount, groupCount);
      best.update(groups, rowCount, groupCount, args[0] as Vector, (group, row) => rows.choose(group, row));
      rows.commit(args.slice(1));
    },
    finish: (groupCount) => [best.column(groupCount), ...rows.columns(groupCount)],
  };
}

const argExtreme = (direction: 'max' | 'min'): AggregateFunction => ({
  name: `arg_${direction}`,
  aliases: [`arg${direction}`],
  signature: `arg_${direction}(expression: scalar, * | returned: scalar, …)`,
  summary: `The ${direction === 'max' ? 'largest' : 'smallest'} value, and other columns of the row that has it.`,
  page: `arg-${direction}-aggregation-function`,
  parameters: ['any'],
  rest: 'any',
  returns: (types) => types,
  create: (call) => createArgExtreme(call, direction),
});

export const argExtremes: readonly AggregateFunction[] = [argExtreme('max'), argExtreme('min')];

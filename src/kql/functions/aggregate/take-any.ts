import { type Vector, valueReader } from '../../columns/column.ts';
import type { AggregateCall, AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { groupedRows } from '../grouped-rows.ts';
import { conditional } from './condition.ts';

/** Several columns: those of the group's first row. */
function firstRow({ types }: AggregateCall): GroupedAccumulator {
  const rows = groupedRows(types);
  return {
    update(groups, rowCount, groupCount, args) {
      rows.start(groups, rowCount, groupCount);
      rows.commit(args);
    },
    finish: (groupCount) => rows.columns(groupCount),
  };
}

/** One column: its first value that is neither null nor empty, if there is one. */
function firstFilled({ types }: AggregateCall): GroupedAccumulator {
  const rows = groupedRows(types);
  const filled: boolean[] = [];
  return {
    update(groups, rowCount, groupCount, args) {
      rows.reserve(groupCount);
      const read = valueReader(args[0] as Vector);
      for (let row = 0; row < rowCount; row++) {
        const group = groups[row] as number;
        if (filled[group] === true) continue;
        const value = read(row);
        filled[group] = value !== null && value !== '';
        if (filled[group] === true) rows.choose(group, row);
      }
      rows.commit(args);
    },
    finish: (groupCount) => rows.columns(groupCount),
  };
}

const takeAny: AggregateFunction = {
  name: 'take_any',
  aliases: ['any'],
  signature: 'take_any(expression: scalar, … | *)',
  summary:
    'The values of one row of the group, here the first; a single column gives a value that is not null or empty.',
  page: 'take-any-aggregation-function',
  parameters: ['any'],
  rest: 'any',
  returns: (types) => types,
  create: (call) => (call.types.length === 1 ? firstFilled(call) : firstRow(call)),
};

export const takeAnys: readonly AggregateFunction[] = [
  takeAny,
  conditional(takeAny, {
    name: 'take_anyif',
    aliases: ['anyif'],
    signature: 'take_anyif(expression: scalar, condition: bool): scalar',
    page: 'take-anyif-aggregation-function',
  }),
];

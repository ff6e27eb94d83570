import type { Vector } from '../../columns/column.ts';
import type { ColumnType } from '../../values/value.ts';
import type { AggregateFunction } from '../aggregate-function.ts';
import { GroupedBest } from '../grouped-best.ts';
import { conditional } from './condition.ts';

function extreme(name: 'min' | 'max', adjective: string): AggregateFunction {
  return {
    name,
    signature: `${name}(expression: scalar): scalar`,
    summary: `The ${adjective} value that is not null; null where there is none.`,
    page: `${name}-aggregation-function`,
    parameters: ['any'],
    returns: ([type]) => type as ColumnType,
    create({ types }) {
      const best = new GroupedBest(types[0] as ColumnType, name);
      return {
        update: (groups, rowCount, groupCount, args) => best.update(groups, rowCount, groupCount, args[0] as Vector),
        finish: (groupCount) => [best.column(groupCount)],
      };
    },
  };
}

const conditionalExtreme = (fn: AggregateFunction): AggregateFunction =>
  conditional(fn, {
    name: `${fn.name}if`,
    signature: `${fn.name}if(expression: scalar, condition: bool): scalar`,
    page: `${fn.name}if-aggregation-function`,
  });

const min = extreme('min', 'smallest');
const max = extreme('max', 'largest');

export const extremes: readonly AggregateFunction[] = [min, max, conditionalExtreme(min), conditionalExtreme(max)];

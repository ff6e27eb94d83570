import { Decimal } from 'decimal.js';
import type { Vector } from '../../columns/column.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { AggregateCall, AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { foldAggregate } from '../fold-aggregate.ts';
import { narrowSums } from '../grouped-sums.ts';
import { numberSource } from '../number-source.ts';
import { conditional } from './condition.ts';
import { createWholeSums } from './whole-sums.ts';

/** Adds the numbers of a real vector to their groups' totals, nulls left out. */
export function addReals(groups: Int32Array, rowCount: number, totals: Float64Array, vector: Vector): void {
  const source = numberSource(vector);
  // No source: a null constant.
  if (source === undefined) return;
  const { data, mask, nulls } = source;
  for (let row = 0; row < rowCount; row++) {
    if (nulls === undefined || nulls[row] === 0)
      (totals[groups[row] as number] as number) += data[row & mask] as number;
  }
}

function sumReals(): GroupedAccumulator {
  const sums = narrowSums();
  return {
    update: (groups, rowCount, groupCount, args) =>
      addReals(groups, rowCount, sums.reserve(groupCount), args[0] as Vector),
    finish: (groupCount) => [
      {
        kind: 'real',
        type: 'real',
        length: groupCount,
        data: sums.reserve(groupCount).slice(0, groupCount),
        nulls: undefined,
      },
    ],
  };
}

const sumDecimals = (): GroupedAccumulator =>
  foldAggregate<Decimal>('decimal', {
    initial: () => new Decimal(0),
    step: (total, [value]: readonly Value[]) => (value === null ? total : total.plus(value as Decimal)),
    result: (total) => total,
  });

function sumWholes(type: 'long' | 'timespan' | 'datetime'): GroupedAccumulator {
  const sums = createWholeSums();
  return {
    update: (groups, rowCount, groupCount, args) => sums.add(groups, rowCount, groupCount, args[0] as Vector),
    finish: (groupCount) => [sums.column(groupCount, type)],
  };
}

const sumType = ([type]: readonly ColumnType[]): ColumnType => (type === 'int' ? 'long' : (type as ColumnType));

function createSum({ types }: AggregateCall): GroupedAccumulator {
  const type = sumType(types);
  if (type === 'real') return sumReals();
  if (type === 'decimal') return sumDecimals();
  return sumWholes(type as 'long' | 'timespan' | 'datetime');
}

const sum: AggregateFunction = {
  name: 'sum',
  signature: 'sum(expression: number | timespan): number | timespan',
  summary: 'The sum of the values that are not null; a long wraps at 64 bits.',
  page: 'sum-aggregation-function',
  parameters: ['any'],
  returns: sumType,
  create: createSum,
};

export const sums: readonly AggregateFunction[] = [
  sum,
  conditional(sum, {
    name: 'sumif',
    signature: 'sumif(expression: number | timespan, condition: bool): number | timespan',
    page: 'sumif-aggregation-function',
  }),
];

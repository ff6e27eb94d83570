import { Decimal } from 'decimal.js';
import type { Column, Vector } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { AggregateCall, AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { foldAggregate } from '../fold-aggregate.ts';
import { countRows, narrowSums } from '../grouped-sums.ts';
import { conditional } from './condition.ts';
import { addReals } from './sums.ts';
import { createWholeSums } from './whole-sums.ts';

function countPresent(groups: Int32Array, rowCount: number, counts: Float64Array, vector: Vector): void {
  if (vector.kind === 'constant' && vector.value === null) return;
  const nulls = vector.kind === 'constant' || vector.kind === 'pooled' ? undefined : vector.nulls;
  if (nulls === undefined) countRows(groups, rowCount, counts);
  else for (let row = 0; row < rowCount; row++) if (nulls[row] === 0) (counts[groups[row] as number] as number)++;
}

/** Each group's total divided by its count. */
function quotients(groupCount: number, total: (group: number) => number, counts: Float64Array): Column {
  const data = new Float64Array(groupCount);
  for (let group = 0; group < groupCount; group++) data[group] = total(group) / (counts[group] as number);
  return { kind: 'real', type: 'real', length: groupCount, data, nulls: undefined };
}

/** NaN where a group has no value: 0 / 0. */
function averageReals(): GroupedAccumulator {
  const sums = narrowSums();
  const counts = narrowSums();
  return {
    update(groups, rowCount, groupCount, args) {
      addReals(groups, rowCount, sums.reserve(groupCount), args[0] as Vector);
      countPresent(groups, rowCount, counts.reserve(groupCount), args[0] as Vector);
    },
    finish(groupCount) {
      const totals = sums.reserve(groupCount);
      const present = counts.reserve(groupCount);
      return [quotients(groupCount, (group) => totals[group] as number, present)];
    },
  };
}

/** Whole numbers: the sum wraps at 64 bits before it is divided, as in the service. */
function averageWholes(): GroupedAccumulator {
  const sums = createWholeSums();
  const counts = narrowSums();
  return {
    update(groups, rowCount, groupCount, args) {
      sums.add(groups, rowCount, groupCount, args[0] as Vector);
      countPresent(groups, rowCount, counts.reserve(groupCount), args[0] as Vector);
    },
    finish: (groupCount) => [quotients(groupCount, sums.totalAsReal, counts.reserve(groupCount))],
  };
}

/** Points in time and durations: exact to the tick, rounded toward zero; null where a group has no value. */
function averageTicks(type: 'datetime' | 'timespan'): GroupedAccumulator {
  const sums = createWholeSums();
  const counts = narrowSums();
  return {
    update(groups, rowCount, groupCount, args) {
      sums.add(groups, rowCount, groupCount, args[0] as Vector);
      countPresent(groups, rowCount, counts.reserve(groupCount), args[0] as Vector);
    },
    finish(groupCount) {
      const present = counts.reserve(groupCount);
      const mean = (_: unknown, group: number): Value =>
        present[group] === 0 ? null : sums.total(group) / BigInt(present[group] as number);
      return [columnOf(type, Array.from({ length: groupCount }, mean))];
    },
  };
}

const averageDecimals = (): GroupedAccumulator =>
  foldAggregate<{ total: Decimal; count: number }>('decimal', {
    initial: () => ({ total: new Decimal(0), count: 0 }),
    step(state, [value]) {
      if (value === null) return state;
      state.total = state.total.plus(value as Decimal);
      state.count++;
      return state;
    },
    result: ({ total, count }) => (count === 0 ? null : total.div(count)),
  });

const averageType = ([type]: readonly ColumnType[]): ColumnType =>
  type === 'decimal' || type === 'timespan' || type === 'datetime' ? type : 'real';

function createAverage({ types }: AggregateCall): GroupedAccumulator {
  const [type] = types;
  if (type === 'decimal') return averageDecimals();
  if (type === 'timespan' || type === 'datetime') return averageTicks(type);
  return type === 'real' ? averageReals() : averageWholes();
}

const avg: AggregateFunction = {
  name: 'avg',
  signature: 'avg(expression: number | timespan | datetime): real | decimal | timespan | datetime',
  summary: 'The mean of the values that are not null; NaN where there is none.',
  page: 'avg-aggregation-function',
  parameters: ['any'],
  returns: averageType,
  create: createAverage,
};

export const averages: readonly AggregateFunction[] = [
  avg,
  conditional(avg, {
    name: 'avgif',
    signature: 'avgif(expression: number | timespan | datetime, condition: bool): real | decimal | timespan | datetime',
    page: 'avgif-aggregation-function',
  }),
];

import { type Vector, valueReader } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import { KqlError } from '../../kql-error.ts';
import { convertValue, toDynamic } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { AggregateCall, AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { GroupedValues, type SortedGroup } from '../grouped-values.ts';
import type { ParameterType } from '../scalar-function.ts';

const percentileType = (type: ColumnType): ColumnType => (type === 'int' ? 'long' : type);

const ranked: readonly ColumnType[] = ['int', 'long', 'real', 'decimal', 'datetime', 'timespan'];

/** The percentages that a call asks for, as constants or as one constant array; between 0 and 100. */
function percentagesOf(name: string, constants: AggregateCall['constants'], from: number): readonly number[] {
  const stated = constants
    .slice(from)
    .flatMap((value): readonly (Value | undefined)[] => (isArray(value) ? value : [value]));
  return stated.map((value) => {
    const number = value === undefined || value === null ? Number.NaN : Number(value);
    if (!(number >= 0 && number <= 100)) {
      throw new KqlError('binding', `${name}: a percentile is a constant from 0 to 100`);
    }
    return number;
  });
}

/** Nearest rank, without interpolation: the first value at which the weights up to it reach the share asked for. */
export function percentileOf(group: SortedGroup, percentage: number): Value {
  if (group.count === 0) return null;
  let total = 0;
  for (let at = 0; at < group.count; at++) total += group.weight(at);
  const wanted = (percentage * total) / 100;
  let reached = 0;
  for (let at = 0; at < group.count; at++) {
    reached += group.weight(at);
    if (reached >= wanted) return group.value(at);
  }
  return group.value(group.count - 1);
}

/** The same where every value weighs 1. */
function plainPercentileOf(group: SortedGroup, percentage: number): Value {
  if (group.count === 0) return null;
  return group.value(Math.max(0, Math.ceil((percentage * group.count) / 100) - 1));
}

type Form = { readonly weighted: boolean; readonly asArray: boolean };

function createPercentiles(name: string, call: AggregateCall, { weighted, asArray }: Form): GroupedAccumulator {
  const type = call.types[0] as ColumnType;
  if (!ranked.includes(type)) {
    throw new KqlError('binding', `${name} takes a number, datetime or timespan, not ${type}`);
  }
  const percentages = percentagesOf(name, call.constants, weighted ? 2 : 1);
  const values = new GroupedValues(type, weighted);
  const pick = weighted ? percentileOf : plainPercentileOf;
  const resultType = percentileType(type);
  return {
    update(groups, rowCount, _groupCount, args) {
      const weights = weighted ? valueReader(args[1] as Vector) : undefined;
      values.add(groups, rowCount, args[0] as Vector, weights && ((row) => Number(weights(row) ?? 0)));
    },
    finish(groupCount) {
      const sorted = values.sorted(groupCount);
      const at = (group: SortedGroup, percentage: number): Value =>
        convertValue(pick(group, percentage), type, resultType);
      if (asArray) {
        const arrays = sorted.map(
          (group): DynamicValue =>
            group.count === 0 ? null : percentages.map((percentage) => toDynamic(at(group, percentage), resultType)),
        );
        return [columnOf('dynamic', arrays)];
      }
      return percentages.map((percentage) =>
        columnOf(
          resultType,
          sorted.map((group) => at(group, percentage)),
        ),
      );
    },
  };
}

function row(name: string, form: Form, signature: string, summary: string): AggregateFunction {
  const first: readonly ParameterType[] = form.weighted ? ['any', 'any'] : ['any'];
  return {
    name,
    signature,
    summary,
    page: form.weighted ? 'percentilesw-aggregation-function' : 'percentiles-aggregation-function',
    parameters: [...first, 'any'],
    rest: 'any',
    returns: (types) =>
      form.asArray ? 'dynamic' : types.slice(first.length).map(() => percentileType(types[0] as ColumnType)),
    create: (call) => createPercentiles(name, call, form),
  };
}

const plain: Form = { weighted: false, asArray: false };
const weighted: Form = { weighted: true, asArray: false };
const nearestRank = 'The value below which the stated share of the values lies (nearest rank)';

export const percentiles: readonly AggregateFunction[] = [
  row('percentile', plain, 'percentile(expression: number, percentile: real)', `${nearestRank}.`),
  row(
    'percentiles',
    plain,
    'percentiles(expression: number, percentile: real, …)',
    `${nearestRank}, for several shares.`,
  ),
  row(
    'percentiles_array',
    { ...plain, asArray: true },
    'percentiles_array(expression: number, percentiles: dynamic | percentile: real, …): dynamic',
    `${nearestRank}, for several shares, as an array.`,
  ),
  row(
    'percentilew',
    weighted,
    'percentilew(expression: number, weight: long, percentile: real)',
    `${nearestRank}, each value counted as often as its weight says.`,
  ),
  row(
    'percentilesw',
    weighted,
    'percentilesw(expression: number, weight: long, percentile: real, …)',
    `${nearestRank}, each value counted as often as its weight says, for several shares.`,
  ),
  row(
    'percentilesw_array',
    { ...weighted, asArray: true },
    'percentilesw_array(expression: number, weight: long, percentiles: dynamic | percentile: real, …): dynamic',
    `${nearestRank}, each value counted as often as its weight says, for several shares, as an array.`,
  ),
];

import { batchOf } from '../../columns/batch.ts';
import { valueReader } from '../../columns/column.ts';
import { KqlError } from '../../kql-error.ts';
import type { EvaluateArgument } from '../../plan/plan.ts';
import { compareValues } from '../../values/compare.ts';
import type { Value } from '../../values/value.ts';
import { percentileOf } from '../aggregate/percentiles.ts';
import { constantOf, type Plugin, plannedColumn, vectorOf } from '../plugin.ts';
import {
  binAt,
  byNumber,
  dimensionColumns,
  groupDimensions,
  pointOf,
  stepOf,
  timeReader,
  timeValue,
} from './timeline.ts';

const NAME = 'rolling_percentile';

/** A number as it stands in the name of the result column. */
function literalText(argument: EvaluateArgument | undefined): string {
  if (argument?.kind === 'expression' && argument.expression.kind === 'literal')
    return String(argument.expression.value);
  throw new KqlError('binding', `${NAME}: the percentile and the number of bins are literals`);
}

export const rollingPercentile: Plugin = {
  name: NAME,
  signature: `${NAME}(value, percentile, index, binSize, binsPerWindow [, dimension, …])`,
  summary: 'By bin: the percentile of the values of the bins of a window that ends with it.',
  page: 'rolling-percentile-plugin',
  columns(_input, args) {
    const { name, type } = plannedColumn(NAME, args[0]);
    const result = `rolling_${literalText(args[4])}_percentile_${name}_${literalText(args[1])}`;
    return [plannedColumn(NAME, args[2]), ...dimensionColumns(NAME, args, 5), { name: result, type }];
  },
  run(input, args, columns, context) {
    const percentage = Number(constantOf(NAME, args[1], 'the percentile'));
    if (!(percentage >= 0 && percentage <= 100))
      throw new KqlError('binding', `${NAME}: a percentile is from 0 to 100`);
    const step = stepOf(NAME, args[3], 'the bin size');
    const width = pointOf(NAME, args[4], 'the number of bins');
    const values = vectorOf(NAME, args[0]);
    const index = vectorOf(NAME, args[2]);
    const read = valueReader(values);
    const readTime = timeReader(NAME, index);
    const { groups, size, valuesOf } = groupDimensions(NAME, input, args.slice(5));
    const byDimension = Array.from({ length: size }, () => new Map<bigint, Value[]>());
    const bins = new Set<bigint>();
    for (let row = 0; row < input.rowCount; row++) {
      const time = readTime(row);
      const value = read(row);
      if (time === null || value === null) continue;
      const bin = binAt(time, step, 0n);
      bins.add(bin);
      const ofDimension = byDimension[groups[row] as number] as Map<bigint, Value[]>;
      const known = ofDimension.get(bin);
      if (known === undefined) ofDimension.set(bin, [value]);
      else known.push(value);
    }
    const rows: Value[][] = [];
    for (const bin of [...bins].sort(byNumber)) {
      context.checkpoint();
      for (const [dimension, ofDimension] of byDimension.entries()) {
        const window = [...ofDimension].flatMap(([at, own]) => (at <= bin && at > bin - width * step ? own : []));
        if (window.length === 0) continue;
        window.sort((a, b) => compareValues(a, b, values.type));
        const group = { count: window.length, value: (at: number) => window[at] as Value, weight: () => 1 };
        rows.push([timeValue(bin, index.type), ...valuesOf(dimension), percentileOf(group, percentage)]);
      }
    }
    return batchOf(columns ?? [], rows);
  },
};

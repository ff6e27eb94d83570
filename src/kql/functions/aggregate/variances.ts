import { type Vector, valueReader } from '../../columns/column.ts';
import type { Value } from '../../values/value.ts';
import type { AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { narrowSums } from '../grouped-sums.ts';
import { type NumberSource, numberSource } from '../number-source.ts';
import { conditional } from './condition.ts';

/** A vector as doubles: directly where it holds doubles, else value by value (decimals, longs beyond 2^53). */
export function realSource(vector: Vector, rowCount: number): NumberSource {
  const source = numberSource(vector);
  if (source !== undefined) return source;
  const read = valueReader(vector);
  const data = new Float64Array(rowCount);
  const nulls = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const value: Value = read(row);
    if (value === null) nulls[row] = 1;
    else data[row] = Number(value);
  }
  return { data, mask: -1, nulls };
}

/** The service rounds a variance to ten decimals, and takes the root of that. */
export const roundVariance = (value: number): number => {
  const scaled = value * 1e10;
  return Math.abs(scaled) < Number.MAX_SAFE_INTEGER ? Math.round(scaled) / 1e10 : value;
};

/**
 * The sum of squared deviations from the mean, by Welford's recurrence (B. P. Welford, Technometrics 4, 1962): stable
 * where the mean is large against the spread.
 */
function deviations(result: (squares: number, count: number) => number): AggregateFunction['create'] {
  return (): GroupedAccumulator => {
    const counts = narrowSums();
    const means = narrowSums();
    const squares = narrowSums();
    return {
      update(groups, rowCount, groupCount, args) {
        const n = counts.reserve(groupCount);
        const mean = means.reserve(groupCount);
        const m2 = squares.reserve(groupCount);
        const { data, mask, nulls } = realSource(args[0] as Vector, rowCount);
        for (let row = 0; row < rowCount; row++) {
          if (nulls !== undefined && nulls[row] === 1) continue;
          const group = groups[row] as number;
          const count = (n[group] as number) + 1;
          const delta = (data[row & mask] as number) - (mean[group] as number);
          const next = (mean[group] as number) + delta / count;
          n[group] = count;
          mean[group] = next;
          (m2[group] as number) += delta * ((data[row & mask] as number) - next);
        }
      },
      finish(groupCount) {
        const n = counts.reserve(groupCount);
        const m2 = squares.reserve(groupCount);
        const data = Float64Array.from({ length: groupCount }, (_, g) => result(m2[g] as number, n[g] as number));
        return [{ kind: 'real', type: 'real', length: groupCount, data, nulls: undefined }];
      },
    };
  };
}

const sample = (squares: number, count: number): number => (count < 2 ? 0 : roundVariance(squares / (count - 1)));
const population = (squares: number, count: number): number => (count === 0 ? 0 : roundVariance(squares / count));

function row(name: string, summary: string, result: (squares: number, count: number) => number): AggregateFunction {
  return {
    name,
    signature: `${name}(expression: number): real`,
    summary,
    page: `${name}-aggregation-function`,
    parameters: ['any'],
    returns: () => 'real',
    create: deviations(result),
  };
}

const conditionalRow = (fn: AggregateFunction): AggregateFunction =>
  conditional(fn, {
    name: `${fn.name}if`,
    signature: `${fn.name}if(expression: number, condition: bool): real`,
    page: `${fn.name}if-aggregation-function`,
  });

const stdev = row('stdev', 'The standard deviation of a sample (n - 1).', (s, n) => Math.sqrt(sample(s, n)));
const stdevp = row('stdevp', 'The standard deviation of a population (n).', (s, n) => Math.sqrt(population(s, n)));
const variance = row('variance', 'The variance of a sample (n - 1).', sample);
const variancep = row('variancep', 'The variance of a population (n).', population);

export const variances: readonly AggregateFunction[] = [
  stdev,
  stdevp,
  variance,
  variancep,
  conditionalRow(stdev),
  conditionalRow(variance),
  conditionalRow(variancep),
];

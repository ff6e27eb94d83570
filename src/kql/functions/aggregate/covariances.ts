import type { Vector } from '../../columns/column.ts';
import type { AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { narrowSums } from '../grouped-sums.ts';
import { conditional } from './condition.ts';
import { realSource, roundVariance } from './variances.ts';

/** The sum of products of the deviations from both means, by Welford's recurrence; a row with a null is left out. */
function comoments(result: (products: number, count: number) => number): AggregateFunction['create'] {
  return (): GroupedAccumulator => {
    const counts = narrowSums();
    const xMeans = narrowSums();
    const yMeans = narrowSums();
    const products = narrowSums();
    return {
      update(groups, rowCount, groupCount, args) {
        const n = counts.reserve(groupCount);
        const meanX = xMeans.reserve(groupCount);
        const meanY = yMeans.reserve(groupCount);
        const product = products.reserve(groupCount);
        const x = realSource(args[0] as Vector, rowCount);
        const y = realSource(args[1] as Vector, rowCount);
        for (let row = 0; row < rowCount; row++) {
          if (x.nulls?.[row] === 1 || y.nulls?.[row] === 1) continue;
          const group = groups[row] as number;
          const count = (n[group] as number) + 1;
          const xDelta = (x.data[row & x.mask] as number) - (meanX[group] as number);
          const yDelta = (y.data[row & y.mask] as number) - (meanY[group] as number);
          n[group] = count;
          (meanX[group] as number) += xDelta / count;
          (meanY[group] as number) += yDelta / count;
          (product[group] as number) += xDelta * ((y.data[row & y.mask] as number) - (meanY[group] as number));
        }
      },
      finish(groupCount) {
        const n = counts.reserve(groupCount);
        const product = products.reserve(groupCount);
        const data = Float64Array.from({ length: groupCount }, (_, g) => result(product[g] as number, n[g] as number));
        return [{ kind: 'real', type: 'real', length: groupCount, data, nulls: undefined }];
      },
    };
  };
}

function row(name: string, summary: string, divisor: (count: number) => number): AggregateFunction {
  return {
    name,
    signature: `${name}(x: number, y: number): real`,
    summary,
    page: `${name}-aggregation-function`,
    parameters: ['any', 'any'],
    returns: () => 'real',
    resultName: resultNameOf(name),
    create: comoments((products, count) => (divisor(count) > 0 ? roundVariance(products / divisor(count)) : 0)),
  };
}

/** The engine names the result after both columns, the binder after the first alone. */
const resultNameOf =
  (name: string): NonNullable<AggregateFunction['resultName']> =>
  ([x, y]) =>
    x === undefined || y === undefined ? undefined : `${name}_${x}_${y}`;

const conditionalRow = (fn: AggregateFunction): AggregateFunction =>
  conditional(
    { ...fn, resultName: resultNameOf(`${fn.name}if`) },
    {
      name: `${fn.name}if`,
      signature: `${fn.name}if(x: number, y: number, condition: bool): real`,
      page: `${fn.name}if-aggregation-function`,
    },
    2,
  );

const covariance = row('covariance', 'The covariance of two columns of a sample (n - 1).', (count) => count - 1);
const covariancep = row('covariancep', 'The covariance of two columns of a population (n).', (count) => count);

export const covariances: readonly AggregateFunction[] = [
  covariance,
  covariancep,
  conditionalRow(covariance),
  conditionalRow(covariancep),
];

import { type DynamicArray, type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { elementsOf, mean, numbersOf, realsOf, sum } from '../series/series-values.ts';

/** A measure of the numbers of a series; null of an empty one. */
const measure = (name: string, summary: string, compute: (values: readonly number[]) => number): ScalarFunction => ({
  name,
  signature: `${name}(series: dynamic): real`,
  summary: `${summary}; what is no number is left out.`,
  page: `${name.replaceAll('_', '-')}-function`,
  overloads: [
    {
      parameters: ['dynamic'],
      returns: 'real',
      evaluate: (series: DynamicValue) => (isArray(series) && series.length > 0 ? compute(numbersOf(series)) : null),
    },
  ],
});

/** The sum of the products of two series up to the end of the shorter one; pairs with something else than numbers are left out. */
function dotProduct(left: DynamicArray, right: DynamicArray): number | null {
  const [a, b] = [elementsOf(left), elementsOf(right)];
  if (a.length === 0 || b.length === 0) return null;
  const products = a
    .slice(0, b.length)
    .map((value, i) => (value === null || b[i] === null ? 0 : Number(value) * Number(b[i])));
  return sum(products);
}

/** A number as a series as long as the other side. */
const broadcast = (value: DynamicValue, other: DynamicValue): DynamicValue =>
  isArray(value) || !isArray(other) ? value : new Array<DynamicValue>(other.length).fill(value);

function correlation(left: DynamicValue, right: DynamicValue): number | null {
  const [a, b] = [realsOf(left), realsOf(right)];
  if (a === null || b === null || a.length !== b.length) return null;
  const [centerA, centerB] = [mean(a), mean(b)];
  const together = sum(a.map((value, i) => (value - centerA) * ((b[i] as number) - centerB)));
  const spread = (values: readonly number[], center: number): number =>
    sum(values.map((value) => (value - center) ** 2));
  return together / Math.sqrt(spread(a, centerA) * spread(b, centerB));
}

const magnitude = (values: readonly number[]): number => Math.sqrt(sum(values.map((value) => value * value)));

export const seriesMeasures: readonly ScalarFunction[] = [
  measure('series_sum', 'The sum of the elements', sum),
  measure('series_product', 'The product of the elements', (values) =>
    values.reduce((product, value) => product * value, 1),
  ),
  measure('series_magnitude', 'The square root of the sum of the squares of the elements', magnitude),
  {
    name: 'series_dot_product',
    signature: 'series_dot_product(series1: dynamic | number, series2: dynamic | number): real',
    summary: 'The sum of the products of the elements of two series.',
    page: 'series-dot-product-function',
    overloads: [
      {
        parameters: ['dynamic', 'dynamic'],
        returns: 'real',
        evaluate: (left: DynamicValue, right: DynamicValue) => {
          const [a, b] = [broadcast(left, right), broadcast(right, left)];
          return isArray(a) && isArray(b) ? dotProduct(a, b) : null;
        },
      },
    ],
  },
  {
    name: 'series_cosine_similarity',
    signature:
      'series_cosine_similarity(series1: dynamic, series2: dynamic [, magnitude1: real, magnitude2: real]): real',
    summary: 'The cosine of the angle between two series as vectors.',
    page: 'series-cosine-similarity-function',
    overloads: [
      {
        parameters: ['dynamic', 'dynamic', 'real', 'real'],
        optional: 2,
        returns: 'real',
        evaluate: (left: DynamicValue, right: DynamicValue, size1?: number, size2?: number) => {
          if (!isArray(left) || !isArray(right)) return null;
          const length = Math.min(left.length, right.length);
          const [a, b] = [left.slice(0, length), right.slice(0, length)];
          const product = dotProduct(a, b);
          if (product === null) return null;
          return product / ((size1 ?? magnitude(numbersOf(a))) * (size2 ?? magnitude(numbersOf(b))));
        },
      },
    ],
  },
  {
    name: 'series_pearson_correlation',
    signature: 'series_pearson_correlation(series1: dynamic, series2: dynamic): real',
    summary:
      "Pearson's correlation of two series; null where they differ in length or hold something that is no number.",
    page: 'series-pearson-correlation-function',
    overloads: [{ parameters: ['dynamic', 'dynamic'], returns: 'real', evaluate: correlation }],
  },
];

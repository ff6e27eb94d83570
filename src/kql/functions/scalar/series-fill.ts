import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import { longFromReal } from '../../values/int64.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { elementsOf, isLongSeries, type SeriesElement } from '../series/series-values.ts';

/** A series with its gaps (nulls, or a value that stands for a missing one) as null. */
type Gapped = { readonly elements: SeriesElement[]; readonly isLong: boolean };

function withGaps(series: DynamicValue, placeholder: DynamicValue | undefined): Gapped | undefined {
  if (!isArray(series)) return undefined;
  const [missing = null] = elementsOf([placeholder ?? null]);
  const elements = elementsOf(series);
  const isLong = elements.some((element) => element !== null) && isLongSeries(elements);
  return {
    isLong,
    elements: elements.map((element) =>
      missing !== null && element !== null && Number(element) === Number(missing) ? null : element,
    ),
  };
}

/** A number in the type of the series. */
const asElement = (value: number, isLong: boolean): SeriesElement => (isLong ? longFromReal(value) : value);

/** Each gap with the nearest value on one side; gaps before the first such value stay. */
function carry({ elements }: Gapped): SeriesElement[] {
  let last: SeriesElement = null;
  return elements.map((element) => {
    last = element ?? last;
    return last;
  });
}

type Known = { readonly index: number; readonly value: number };

/** The value at an index on the line between the known values around it. */
function interpolate(index: number, left: Known, right: Known): number {
  return left.value + ((right.value - left.value) * (index - left.index)) / (right.index - left.index);
}

function fillLinear(gapped: Gapped, fillEdges: boolean, constant: SeriesElement): SeriesElement[] {
  const { elements, isLong } = gapped;
  const known = elements.flatMap((value, index): Known[] => (value === null ? [] : [{ index, value: Number(value) }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return elements.map(() => constant);
  let next = 0;
  return elements.map((element, index) => {
    while ((known[next]?.index ?? elements.length) < index) next++;
    if (element !== null) return element;
    if (index < first.index || index > last.index) {
      return fillEdges ? (elements[index < first.index ? first.index : last.index] as SeriesElement) : null;
    }
    return asElement(interpolate(index, known[next - 1] as Known, known[next] as Known), isLong);
  });
}

const sided = (name: string, side: string, fill: (gapped: Gapped) => SeriesElement[]): ScalarFunction => ({
  name,
  signature: `${name}(series: dynamic [, missing_value_placeholder]): dynamic`,
  summary: `A series with each missing value replaced by the nearest one on its ${side}.`,
  page: `${name.replaceAll('_', '-')}-function`,
  overloads: [
    {
      parameters: ['dynamic', 'dynamic'],
      optional: 1,
      returns: 'dynamic',
      nulls: 'pass',
      evaluate: (series: DynamicValue, placeholder?: DynamicValue) => {
        const gapped = withGaps(series, placeholder);
        return gapped === undefined ? null : fill(gapped);
      },
    },
  ],
});

export const seriesFills: readonly ScalarFunction[] = [
  sided('series_fill_forward', 'left', carry),
  sided('series_fill_backward', 'right', ({ elements, isLong }) =>
    carry({ elements: elements.toReversed(), isLong }).reverse(),
  ),
  {
    name: 'series_fill_const',
    signature: 'series_fill_const(series: dynamic, constant_value [, missing_value_placeholder]): dynamic',
    summary: 'A series with each missing value replaced by a constant in the type of the series.',
    page: 'series-fill-const-function',
    overloads: [
      {
        parameters: ['dynamic', 'dynamic', 'dynamic'],
        optional: 2,
        returns: 'dynamic',
        nulls: 'pass',
        evaluate: (series: DynamicValue, constant: DynamicValue = 0n, placeholder?: DynamicValue) => {
          const gapped = withGaps(series, placeholder);
          const [value = null] = elementsOf([constant]);
          if (gapped === undefined) return null;
          const filler = value === null ? null : asElement(Number(value), gapped.isLong);
          return gapped.elements.map((element) => element ?? filler);
        },
      },
    ],
  },
  {
    name: 'series_fill_linear',
    signature:
      'series_fill_linear(series: dynamic [, missing_value_placeholder [, fill_edges: bool [, constant_value]]]): dynamic',
    summary: 'A series with missing values interpolated; whole numbers stay whole.',
    page: 'series-fill-linear-function',
    overloads: [
      {
        parameters: ['dynamic', 'dynamic', 'bool', 'dynamic'],
        optional: 3,
        returns: 'dynamic',
        nulls: 'pass',
        evaluate: (
          series: DynamicValue,
          placeholder?: DynamicValue,
          fillEdges: boolean | null = true,
          constant: DynamicValue = 0,
        ) => {
          const gapped = withGaps(series, placeholder);
          const [value = null] = elementsOf([constant]);
          return gapped === undefined ? null : fillLinear(gapped, fillEdges !== false, value);
        },
      },
    ],
  },
];

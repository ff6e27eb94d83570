import { toDynamic } from '../../values/convert.ts';
import { type DynamicArray, type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { compareDynamic } from '../dynamic-order.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

function rotateLeft(value: DynamicValue, count: bigint): DynamicValue {
  if (!isArray(value) || value.length === 0) return isArray(value) ? value : null;
  const size = BigInt(value.length);
  const by = Number(((count % size) + size) % size);
  return [...value.slice(by), ...value.slice(0, by)];
}

function shiftLeft(array: DynamicArray, count: bigint, fill: DynamicValue): DynamicValue {
  const size = array.length;
  const by = Number(count > BigInt(size) ? BigInt(size) : count < -BigInt(size) ? -BigInt(size) : count);
  const filler = new Array<DynamicValue>(Math.abs(by)).fill(fill);
  return by >= 0 ? [...array.slice(by), ...filler] : [...filler, ...array.slice(0, size + by)];
}

/** What comes in where no default is given: an empty text in an array of texts, else null. */
const emptyItem = (array: DynamicArray): DynamicValue =>
  array.length > 0 && array.every((item) => typeof item === 'string') ? '' : null;

const shifter =
  (direction: 1n | -1n, types: readonly ColumnType[]): Evaluate =>
  (value: DynamicValue, count: bigint | null, fill?: Value) => {
    if (!isArray(value) || count === null) return null;
    const item = fill === undefined ? emptyItem(value) : toDynamic(fill, types[2] as ColumnType);
    return shiftLeft(value, count * direction, item);
  };

/** The positions of an array in sorted order; equal items keep their order. */
function sortedPositions(array: DynamicArray, direction: 1 | -1, nullsLast: boolean): readonly number[] {
  const nullOrder = nullsLast ? 1 : -1;
  return array
    .map((_, index) => index)
    .sort((left, right) => {
      const a = array[left] as DynamicValue;
      const b = array[right] as DynamicValue;
      if (a === null || b === null) return a === b ? 0 : a === null ? nullOrder : -nullOrder;
      return direction * compareDynamic(a, b);
    });
}

/** Sorts the first array and reorders the others alike; one that is no array or of another length becomes null. */
const sortAll =
  (direction: 1 | -1, types: readonly ColumnType[]) =>
  (...values: Value[]): readonly DynamicValue[] => {
    const hasFlag = types.at(-1) === 'bool';
    const nullsLast = !hasFlag || values.at(-1) !== false;
    const arrays = (hasFlag ? values.slice(0, -1) : values) as DynamicValue[];
    const [first] = arrays;
    const positions = isArray(first) ? sortedPositions(first, direction, nullsLast) : undefined;
    return arrays.map((array): DynamicValue => {
      if (positions === undefined || !isArray(array) || array.length !== positions.length) return null;
      return positions.map((position) => array[position] as DynamicValue);
    });
  };

/** Inside an expression one sorted array stands for itself, several for an array of them. */
function sorter(direction: 1 | -1, types: readonly ColumnType[]): Evaluate {
  const sort = sortAll(direction, types);
  return (...values: Value[]) => {
    const sorted = sort(...values);
    return sorted.length === 1 ? (sorted[0] ?? null) : sorted;
  };
}

type Sorter = (direction: 1 | -1, types: readonly ColumnType[]) => Evaluate;

function sortRow(name: string, direction: 1 | -1, order: string, make: Sorter): ScalarFunction {
  return singleOverload(
    {
      name,
      signature: `${name}(array: dynamic [, …] [, nulls_last: bool]): dynamic`,
      summary: `The items of an array in ${order} order, nulls last; further arrays are reordered alike.`,
    },
    ['dynamic'],
    'dynamic',
    { rest: 'any', nulls: 'pass', prepare: (_context, _constants, types) => make(direction, types) },
  );
}

function shiftRow(name: string, direction: 1n | -1n, where: string): ScalarFunction {
  return singleOverload(
    {
      name,
      signature: `${name}(array: dynamic, shift_count: long [, default_value]): dynamic`,
      summary: `The items moved towards the ${where}; the default fills the gap.`,
    },
    ['dynamic', 'long', 'any'],
    'dynamic',
    { optional: 1, nulls: 'pass', prepare: (_context, _constants, types) => shifter(direction, types) },
  );
}

function rotateRow(name: string, direction: 1n | -1n, where: string): ScalarFunction {
  return singleOverload(
    {
      name,
      signature: `${name}(array: dynamic, rotate_count: long): dynamic`,
      summary: `The items moved around towards the ${where}.`,
    },
    ['dynamic', 'long'],
    'dynamic',
    { evaluate: (value: DynamicValue, count: bigint) => rotateLeft(value, count * direction) },
  );
}

export const arrayOrder: readonly ScalarFunction[] = [
  rotateRow('array_rotate_left', 1n, 'left'),
  rotateRow('array_rotate_right', -1n, 'right'),
  shiftRow('array_shift_left', 1n, 'left'),
  shiftRow('array_shift_right', -1n, 'right'),
  sortRow('array_sort_asc', 1, 'ascending', sorter),
  sortRow('array_sort_desc', -1, 'descending', sorter),
];

/** The sorts where they yield one column for each array. */
export const sortTuples: readonly ScalarFunction[] = [
  sortRow('array_sort_asc', 1, 'ascending', sortAll),
  sortRow('array_sort_desc', -1, 'descending', sortAll),
];

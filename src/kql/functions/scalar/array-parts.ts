import { toDynamic } from '../../values/convert.ts';
import { type DynamicArray, type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { dynamicKey } from '../dynamic-order.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import { type Description, singleOverload } from '../single-overload.ts';
import { searchWindow } from './text-search.ts';

/** A row for a function of an array; what is no array gives null. */
function ofArray(
  description: Description,
  returns: ColumnType,
  evaluate: (array: DynamicArray) => Value,
): ScalarFunction {
  return singleOverload(description, ['dynamic'], returns, {
    evaluate: (value: DynamicValue) => (isArray(value) ? evaluate(value) : null),
  });
}

/** The sum of an array's numbers as a real, nulls passed over; null where an item is something else. */
function sum(array: DynamicArray): number | null {
  let total = 0;
  for (const item of array) {
    if (typeof item === 'bigint' || typeof item === 'number') total += Number(item);
    else if (item !== null) return null;
  }
  return total;
}

function slice(value: DynamicValue, start: bigint, end: bigint): DynamicValue {
  if (!isArray(value)) return null;
  const position = (index: bigint): number => (index < 0n ? value.length + Number(index) : Number(index));
  const from = Math.max(0, position(start));
  return value.slice(from, Math.max(from, position(end) + 1));
}

function split(value: DynamicValue, at: DynamicValue): DynamicValue {
  if (!isArray(value)) return null;
  const indices = (isArray(at) ? at : [at]).filter((index) => typeof index === 'bigint');
  const parts: DynamicValue[] = [];
  let from = 0;
  for (const index of indices) {
    const position = Math.min(value.length, Math.max(0, Number(index < 0n ? BigInt(value.length) + index : index)));
    const to = Math.max(from, position);
    parts.push(value.slice(from, to));
    from = to;
  }
  return [...parts, value.slice(from)];
}

const indexOf =
  (type: ColumnType): Evaluate =>
  (value: DynamicValue, wanted: Value, start = 0n, length = -1n, occurrence = 1n) => {
    if (!isArray(value)) return null;
    const window = searchWindow(value.length, { start, length, occurrence });
    if (window === undefined) return null;
    const key = dynamicKey(toDynamic(wanted, type));
    let found = 0;
    for (let index = window.from; index < window.to; index++) {
      if (dynamicKey(value[index] ?? null) === key && ++found === window.occurrence) return BigInt(index);
    }
    return -1n;
  };

/** True, false, or undefined where the condition is neither a bool nor a number. */
function conditionOf(value: DynamicValue): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value !== 0n;
  return typeof value === 'number' ? value !== 0 : undefined;
}

const choose =
  (types: readonly ColumnType[]): Evaluate =>
  (conditions: DynamicValue, whenTrue: Value, whenFalse: Value) => {
    if (!isArray(conditions)) return null;
    const yes = toDynamic(whenTrue, types[1] as ColumnType);
    const no = toDynamic(whenFalse, types[2] as ColumnType);
    const pick = (choice: DynamicValue, index: number): DynamicValue =>
      isArray(choice) ? (choice[index] ?? null) : choice;
    return conditions.map((item, index) => {
      const condition = conditionOf(item);
      return condition === undefined ? null : pick(condition ? yes : no, index);
    });
  };

/** All arguments one after the other; null where one of them is no array. */
function concat(...values: DynamicValue[]): DynamicValue {
  const arrays = values.filter(isArray);
  return arrays.length === values.length ? arrays.flat() : null;
}

export const arrayParts: readonly ScalarFunction[] = [
  ofArray(
    {
      name: 'array_length',
      aliases: ['arraylength'],
      signature: 'array_length(array: dynamic): long',
      summary: 'The number of items of an array; null of anything else.',
    },
    'long',
    (array) => BigInt(array.length),
  ),
  ofArray(
    { name: 'array_sum', signature: 'array_sum(array: dynamic): real', summary: 'The sum of the numbers of an array.' },
    'real',
    sum,
  ),
  ofArray(
    {
      name: 'array_reverse',
      signature: 'array_reverse(value: dynamic): dynamic',
      summary: 'The items from last to first.',
    },
    'dynamic',
    (array) => [...array].reverse(),
  ),
  singleOverload(
    { name: 'array_concat', signature: 'array_concat(array, …): dynamic', summary: 'The items of several arrays.' },
    ['dynamic'],
    'dynamic',
    { rest: 'dynamic', evaluate: concat },
  ),
  singleOverload(
    {
      name: 'array_slice',
      signature: 'array_slice(array: dynamic, start: long, end: long): dynamic',
      summary: 'The items from start to end, both included; negative indices count from the end.',
    },
    ['dynamic', 'long', 'long'],
    'dynamic',
    { evaluate: slice },
  ),
  singleOverload(
    {
      name: 'array_split',
      signature: 'array_split(array: dynamic, indices: long | dynamic): dynamic',
      summary: 'The array cut at one index or several.',
    },
    ['dynamic', 'dynamic'],
    'dynamic',
    { evaluate: split },
  ),
  singleOverload(
    {
      name: 'array_index_of',
      signature: 'array_index_of(array: dynamic, value [, start: long [, length: long [, occurrence: long]]]): long',
      summary: 'The index of a value in an array; -1 where it is not there.',
    },
    ['dynamic', 'any', 'long', 'long', 'long'],
    'long',
    { optional: 3, prepare: (_context, _constants, types) => indexOf(types[1] as ColumnType) },
  ),
  singleOverload(
    {
      name: 'array_iff',
      aliases: ['array_iif'],
      signature: 'array_iff(condition_array: dynamic, when_true, when_false): dynamic',
      summary: 'iff() item by item.',
    },
    ['dynamic', 'any', 'any'],
    'dynamic',
    { nulls: 'pass', prepare: (_context, _constants, types) => choose(types) },
  ),
];

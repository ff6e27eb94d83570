import { Decimal } from 'decimal.js';
import { KqlError } from '../../kql-error.ts';
import { convertValue, toDynamic } from '../../values/convert.ts';
import { TICKS_PER_HOUR } from '../../values/datetime.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { commonType } from '../common-type.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** The service makes no longer array. */
const MAX_ITEMS = 1_048_576;

/** Values from start up to stop, as long as they do not pass it; null for a step of zero. */
function wholeRange(start: bigint, stop: bigint, step: bigint): bigint[] | null {
  if (step === 0n) return null;
  const items: bigint[] = [];
  for (let item = start; step > 0n ? item <= stop : item >= stop; item += step) {
    if (items.length === MAX_ITEMS) break;
    items.push(item);
  }
  return items;
}

function realRange(start: number, stop: number, step: number): number[] | null {
  if (step === 0 || Number.isNaN(start + stop + step)) return null;
  const items: number[] = [];
  for (let item = start; step > 0 ? item <= stop : item >= stop; item += step) {
    if (items.length === MAX_ITEMS) break;
    items.push(item);
  }
  return items;
}

const isTime = (type: ColumnType): boolean => type === 'datetime' || type === 'timespan';

/** range(start, stop [, step]): by 1, or by an hour for datetimes and timespans, where no step is given. */
function ranger([start = 'long', stop = 'long', step]: readonly ColumnType[]): Evaluate {
  if (((isTime(start) || isTime(stop)) && start !== stop) || (step !== undefined && isTime(step) && !isTime(start))) {
    throw new KqlError(
      'binding',
      `range() does not go from ${start} to ${stop}${step === undefined ? '' : ` by ${step}`}`,
    );
  }
  if (isTime(start)) {
    return (from: bigint, to: bigint, by = TICKS_PER_HOUR) =>
      wholeRange(from, to, by)?.map((ticks) => toDynamic(ticks, start)) ?? null;
  }
  const type = commonType(step === undefined ? [start, stop] : [start, stop, step]);
  if (type === 'decimal') {
    return (...values: Value[]) => {
      const [from, to, by = 1] = values.map((value) => Number(String(value)));
      return (
        realRange(from as number, to as number, by)?.map((item) => toDynamic(new Decimal(item), 'decimal')) ?? null
      );
    };
  }
  if (type === 'real') {
    return (from: Value, to: Value, by: Value = 1) => realRange(Number(from), Number(to), Number(by));
  }
  const whole = (value: Value): bigint => BigInt(value as number | bigint);
  return (from: Value, to: Value, by: Value = 1n) => wholeRange(whole(from), whole(to), whole(by));
}

/** As many tuples as the longest array has items; shorter arrays give nulls. */
function zip(...values: DynamicValue[]): DynamicValue {
  const arrays = values.map((value) => (isArray(value) ? value : value === null ? [] : [value]));
  const length = Math.max(...arrays.map((array) => array.length));
  return Array.from({ length }, (_, index) => arrays.map((array) => array[index] ?? null));
}

function repeater(type: ColumnType): Evaluate {
  if (type === 'dynamic') {
    throw new KqlError('binding', 'repeat() takes no dynamic value', { hint: 'cast it, for example with tostring()' });
  }
  return (value: Value, count: bigint | null) => {
    if (count === null || count < 0n) return null;
    return new Array<DynamicValue>(Math.min(MAX_ITEMS, Number(count))).fill(toDynamic(value, type));
  };
}

export const arrayMakers: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'pack_array',
      signature: 'pack_array(value, …): dynamic',
      summary: 'An array of the values.',
    },
    ['any'],
    'dynamic',
    {
      rest: 'any',
      nulls: 'pass',
      prepare:
        (_context, _constants, types) =>
        (...values: Value[]) =>
          values.map((value, index) => toDynamic(value, types[index] as ColumnType)),
    },
  ),
  singleOverload(
    {
      name: 'range',
      signature: 'range(start, stop [, step]): dynamic',
      summary: 'An array of equally spaced numbers, datetimes or timespans.',
    },
    ['any', 'any', 'any'],
    'dynamic',
    {
      optional: 1,
      prepare: (_context, _constants, types) => {
        const make = ranger(types);
        const isTimeStep = isTime(types[0] ?? 'long') && types[2] !== undefined && !isTime(types[2]);
        if (!isTimeStep) return make;
        const make3 = make as unknown as (from: Value, to: Value, by: Value) => Value;
        return (from: Value, to: Value, by: Value) => {
          const ticks = convertValue(by, types[2] as ColumnType, 'long');
          return ticks === null ? null : make3(from, to, ticks);
        };
      },
    },
  ),
  singleOverload(
    {
      name: 'repeat',
      signature: 'repeat(value, count: long): dynamic',
      summary: 'An array that holds a value several times.',
    },
    ['any', 'long'],
    'dynamic',
    { nulls: 'pass', prepare: (_context, _constants, types) => repeater(types[0] as ColumnType) },
  ),
  singleOverload(
    {
      name: 'zip',
      signature: 'zip(array, …): dynamic',
      summary: 'The arrays item by item, as an array of arrays.',
    },
    ['dynamic'],
    'dynamic',
    { rest: 'dynamic', nulls: 'pass', evaluate: zip },
  ),
];

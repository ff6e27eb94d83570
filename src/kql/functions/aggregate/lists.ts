import { type Vector, valueReader } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import { createKeyEncoder } from '../../columns/key-encoder.ts';
import { toDynamic } from '../../values/convert.ts';
import { type DynamicValue, isArray } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { AggregateFunction, GroupedAccumulator } from '../aggregate-function.ts';
import { DistinctPairs } from '../distinct-pairs.ts';
import { conditional } from './condition.ts';

/** The most that a list holds; the deprecated makelist and makeset stop at 128 unless told otherwise. */
export const MAX_LIST_SIZE = 1_048_576;
export const LEGACY_LIST_SIZE = 128;

/** The limit that a call states, or the default; a larger one counts as the maximum. */
export function listLimit(stated: Value | undefined, byDefault: number): number {
  if (stated === undefined || stated === null) return byDefault;
  return Math.max(0, Math.min(Number(stated), MAX_LIST_SIZE));
}

/** Lists by group, in the order of the rows. */
class GroupedLists {
  private readonly lists: DynamicValue[][] = [];
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  reserve(groupCount: number): void {
    while (this.lists.length < groupCount) this.lists.push([]);
  }

  add(group: number, value: DynamicValue): void {
    const list = this.lists[group] as DynamicValue[];
    if (list.length < this.limit) list.push(value);
  }

  finish(groupCount: number): readonly DynamicValue[] {
    this.reserve(groupCount);
    return this.lists.slice(0, groupCount);
  }
}

/** A null of a typed column is no item; a null inside a dynamic column is one, and an array gives its items one by one. */
function makeList(type: ColumnType, limit: number, withNulls: boolean): GroupedAccumulator {
  const lists = new GroupedLists(limit);
  return {
    update(groups, rowCount, groupCount, args) {
      lists.reserve(groupCount);
      const read = valueReader(args[0] as Vector);
      for (let row = 0; row < rowCount; row++) {
        const value = read(row);
        const group = groups[row] as number;
        if (isArray(value)) for (const item of value) lists.add(group, item);
        else if (value !== null || withNulls || type === 'dynamic') lists.add(group, toDynamic(value, type));
      }
    },
    finish: (groupCount) => [columnOf('dynamic', lists.finish(groupCount))],
  };
}

/** Each distinct value once, in the order in which they are met. */
function makeSet(type: ColumnType, limit: number): GroupedAccumulator {
  const lists = new GroupedLists(limit);
  const encoder = createKeyEncoder(type);
  const pairs = new DistinctPairs();
  const addItem = (group: number, groupCount: number, item: DynamicValue): void => {
    const [id] = encoder.encode({ kind: 'constant', type: 'dynamic', value: item }, new Int32Array(1), true);
    pairs.reserve(groupCount, encoder.size);
    if (pairs.isNew(group, id as number)) lists.add(group, item);
  };
  return {
    update(groups, rowCount, groupCount, args) {
      lists.reserve(groupCount);
      const vector = args[0] as Vector;
      const read = valueReader(vector);
      if (type === 'dynamic') {
        for (let row = 0; row < rowCount; row++) {
          const value = read(row) as DynamicValue;
          if (isArray(value)) for (const item of value) addItem(groups[row] as number, groupCount, item);
          else addItem(groups[row] as number, groupCount, value);
        }
        return;
      }
      const ids = encoder.encode(vector, new Int32Array(rowCount), true);
      pairs.reserve(groupCount, encoder.size);
      for (let row = 0; row < rowCount; row++) {
        if (!pairs.isNew(groups[row] as number, ids[row] as number)) continue;
        const value = read(row);
        if (value !== null) lists.add(groups[row] as number, toDynamic(value, type));
      }
    },
    finish: (groupCount) => [columnOf('dynamic', lists.finish(groupCount))],
  };
}

const collection = (
  name: string,
  what: 'list' | 'set',
  byDefault: number,
  page = `make-${what}-aggregation-function`,
): AggregateFunction => ({
  name,
  signature: `${name}(expression: scalar [, maxSize: int]): dynamic`,
  summary: what === 'list' ? 'The values as an array, in the order of the rows.' : 'The distinct values as an array.',
  page,
  parameters: ['any', 'any'],
  optional: 1,
  returns: () => 'dynamic',
  create({ types, constants }) {
    const type = types[0] as ColumnType;
    const limit = listLimit(constants[1], byDefault);
    return what === 'list' ? makeList(type, limit, false) : makeSet(type, limit);
  },
});

const list = collection('make_list', 'list', MAX_LIST_SIZE);
const set = collection('make_set', 'set', MAX_LIST_SIZE);

export const lists: readonly AggregateFunction[] = [
  list,
  conditional(list, {
    name: 'make_list_if',
    signature: 'make_list_if(expression: scalar, condition: bool [, maxSize: int]): dynamic',
    page: 'make-list-if-aggregation-function',
  }),
  {
    name: 'make_list_with_nulls',
    signature: 'make_list_with_nulls(expression: scalar): dynamic',
    summary: 'The values as an array, in the order of the rows, nulls included.',
    page: 'make-list-with-nulls-aggregation-function',
    parameters: ['any'],
    returns: () => 'dynamic',
    create: ({ types }) => makeList(types[0] as ColumnType, MAX_LIST_SIZE, true),
  },
  collection('makelist', 'list', LEGACY_LIST_SIZE),
  set,
  conditional(set, {
    name: 'make_set_if',
    signature: 'make_set_if(expression: scalar, condition: bool [, maxSize: int]): dynamic',
    page: 'make-set-if-aggregation-function',
  }),
  collection('makeset', 'set', LEGACY_LIST_SIZE),
];

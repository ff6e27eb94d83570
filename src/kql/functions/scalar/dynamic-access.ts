import { toDynamic } from '../../values/convert.ts';
import { type DynamicValue, isArray, isBag } from '../../values/dynamic.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';

/** The value under a key of a bag; null where the dynamic is no bag or has no such key. */
const memberOf = (container: DynamicValue, key: string): DynamicValue =>
  isBag(container) ? (container.get(key) ?? null) : null;

/** The item at an index of an array, counted from the end where negative; null where there is none. */
const itemOf = (container: DynamicValue, index: bigint): DynamicValue =>
  isArray(container) ? (container.at(Number(index)) ?? null) : null;

/** `d[key]` with a key that is itself dynamic: a string names a member, a whole number an item. */
function selectDynamic(container: DynamicValue, key: DynamicValue): DynamicValue {
  if (typeof key === 'string') return memberOf(container, key);
  return typeof key === 'bigint' ? itemOf(container, key) : null;
}

/** A bag of named columns; with `ignoreEmpty`, nulls and empty strings are left out. */
function packColumns(types: readonly ColumnType[]): Evaluate {
  return (ignoreEmpty: boolean, ...pairs: Value[]) => {
    const bag = new Map<string, DynamicValue>();
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const value = pairs[i + 1] as Value;
      if (ignoreEmpty && (value === null || value === '')) continue;
      bag.set(pairs[i] as string, toDynamic(value, types[i + 2] as ColumnType));
    }
    return bag;
  };
}

export const dynamicAccess: readonly ScalarFunction[] = [
  {
    name: 'dynamic-member',
    signature: 'container.key, container[key], container[index]',
    summary: 'A member of a bag or an item of an array; null where there is none.',
    page: 'scalar-data-types/dynamic',
    overloads: [
      { parameters: ['dynamic', 'string'], returns: 'dynamic', evaluate: memberOf },
      { parameters: ['dynamic', 'long'], returns: 'dynamic', evaluate: itemOf },
      { parameters: ['dynamic', 'dynamic'], returns: 'dynamic', evaluate: selectDynamic },
    ],
  },
  {
    name: 'pack-columns',
    signature: 'pack_all([ignore_null_empty: bool]): dynamic',
    summary: 'A bag of all columns of the row.',
    page: 'pack-all-function',
    overloads: [
      {
        parameters: ['bool'],
        rest: 'any',
        returns: 'dynamic',
        nulls: 'pass',
        prepare: (_context, _constants, types) => packColumns(types),
      },
    ],
  },
];

import { toDynamic } from '../values/convert.ts';
import { type DynamicValue, isArray, isBag } from '../values/dynamic.ts';
import { formatJson } from '../values/json.ts';
import type { ColumnType, Value } from '../values/value.ts';

/**
 * What hll() yields. The service keeps a HyperLogLog sketch over a hash that is not published; here it is the set of the
 * values itself, so that counts, unions and intersections are exact.
 */
export type ValueSet = ReadonlySet<string>;

const KEY = 'hll';

/** What stands for a value in the set: equal for equal numbers of any whole type. */
export const setItem = (value: Value, type: ColumnType): string => formatJson(toDynamic(value, type));

export const encodeSet = (items: ValueSet): DynamicValue => (items.size === 0 ? null : new Map([[KEY, [...items]]]));

/** The set that a dynamic value holds; undefined where it holds none. */
export function decodeSet(value: Value): ValueSet | undefined {
  const items = isBag(value) ? value.get(KEY) : undefined;
  return isArray(items) ? new Set(items as readonly string[]) : undefined;
}

export const unionSets = (sets: readonly ValueSet[]): ValueSet => new Set(sets.flatMap((set) => [...set]));

import { toDynamic } from '../../values/convert.ts';
import { type DynamicValue, isArray, isBag, type PropertyBag } from '../../values/dynamic.ts';
import { formatJson } from '../../values/json.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { followPath, keyPath } from '../json-path.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

type Path = readonly (string | number)[];

/** A bag with the value at a path replaced or added; bags that are missing on the way are made. The root is no member. */
function setAt(bag: PropertyBag, [key, ...rest]: Path, value: DynamicValue): PropertyBag | null {
  if (key === undefined) return null;
  const inner = bag.get(String(key));
  return new Map(bag).set(
    String(key),
    rest.length === 0 ? value : setAt(isBag(inner) ? inner : new Map(), rest, value),
  );
}

function removeAt(bag: PropertyBag, [key, ...rest]: Path): PropertyBag {
  const copy = new Map(bag);
  const inner = copy.get(String(key));
  if (rest.length === 0) copy.delete(String(key));
  else if (isBag(inner)) copy.set(String(key), removeAt(inner, rest));
  return copy;
}

function removeKeys(bag: DynamicValue, keys: DynamicValue): DynamicValue {
  if (!isBag(bag)) return null;
  const paths = (isArray(keys) ? keys : [keys]).filter((key) => typeof key === 'string').map(keyPath);
  return paths.reduce(removeAt, bag);
}

/** The first value of a key wins. Arguments that are no bags are passed over; null where none is one. */
function merge(...values: DynamicValue[]): DynamicValue {
  const bags = values.filter(isBag);
  if (bags.length === 0) return null;
  const merged = new Map<string, DynamicValue>();
  for (const bag of bags) for (const [key, value] of bag) if (!merged.has(key)) merged.set(key, value);
  return merged;
}

function zipBag(keys: DynamicValue, values: DynamicValue): DynamicValue {
  if (!isArray(keys)) return null;
  const items = isArray(values) ? values : [];
  const bag = new Map<string, DynamicValue>();
  for (const [index, key] of keys.entries()) if (typeof key === 'string') bag.set(key, items[index] ?? null);
  return bag;
}

const packer =
  (types: readonly ColumnType[]): Evaluate =>
  (...values: Value[]) => {
    const bag = new Map<string, DynamicValue>();
    for (let i = 0; i + 1 < values.length; i += 2) {
      bag.set(values[i] as string, toDynamic(values[i + 1] as Value, types[i + 1] as ColumnType));
    }
    return bag;
  };

/** Keys in order, at every depth, so that equal bags give equal texts. */
function sortKeys(value: DynamicValue): DynamicValue {
  if (isArray(value)) return value.map(sortKeys);
  if (!isBag(value)) return value;
  return new Map([...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sortKeys(item)]));
}

/** The paths of all members; of an array, only those of its first item, which stands for all. */
function paths(value: DynamicValue, prefix: string): readonly string[] {
  if (isArray(value)) {
    if (value.length === 0) return [];
    const path = `${prefix}[0]`;
    return [path, ...value.flatMap((item) => (isBag(item) || isArray(item) ? paths(item, path) : []))];
  }
  if (!isBag(value)) return [];
  return [...value].flatMap(([key, item]) => {
    const path = `${prefix}['${key}']`;
    return [path, ...paths(item, path)];
  });
}

export const bags: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'bag_pack',
      aliases: ['pack', 'pack_dictionary'],
      signature: 'bag_pack(key1: string, value1, …): dynamic',
      summary: 'A bag of keys and values.',
      page: 'pack-function',
    },
    ['string', 'any'],
    'dynamic',
    { rest: 'any', nulls: 'pass', prepare: (_context, _constants, types) => packer(types) },
  ),
  singleOverload(
    { name: 'bag_keys', signature: 'bag_keys(object: dynamic): dynamic', summary: 'The keys of a bag.' },
    ['dynamic'],
    'dynamic',
    { evaluate: (value: DynamicValue) => (isBag(value) ? [...value.keys()] : null) },
  ),
  singleOverload(
    {
      name: 'bag_has_key',
      signature: 'bag_has_key(bag: dynamic, key: string): bool',
      summary: 'Whether a bag has a key, or a member at a JSONPath.',
    },
    ['dynamic', 'string'],
    'bool',
    {
      evaluate: (bag: DynamicValue, key: string) => (isBag(bag) ? followPath(bag, keyPath(key)) !== undefined : null),
    },
  ),
  singleOverload(
    {
      name: 'bag_set_key',
      signature: 'bag_set_key(bag: dynamic, key: string, value): dynamic',
      summary: 'A bag with the value of a key, or of a JSONPath, set.',
    },
    ['dynamic', 'string', 'any'],
    'dynamic',
    {
      nulls: 'pass',
      prepare: (_context, _constants, types) => (bag: DynamicValue, key: string, value: Value) =>
        isBag(bag) ? setAt(bag, keyPath(key), toDynamic(value, types[2] as ColumnType)) : null,
    },
  ),
  singleOverload(
    {
      name: 'bag_remove_keys',
      signature: 'bag_remove_keys(bag: dynamic, keys: dynamic): dynamic',
      summary: 'A bag without some keys, or members at JSONPaths.',
    },
    ['dynamic', 'dynamic'],
    'dynamic',
    { evaluate: removeKeys },
  ),
  singleOverload(
    {
      name: 'bag_merge',
      signature: 'bag_merge(bag, …): dynamic',
      summary: 'One bag of several; the first value of a key stays.',
    },
    ['dynamic'],
    'dynamic',
    { rest: 'dynamic', nulls: 'pass', evaluate: merge },
  ),
  singleOverload(
    {
      name: 'bag_zip',
      signature: 'bag_zip(keys: dynamic, values: dynamic): dynamic',
      summary: 'A bag of an array of keys and an array of values.',
      page: 'bag-zip',
    },
    ['dynamic', 'dynamic'],
    'dynamic',
    { nulls: 'pass', evaluate: zipBag },
  ),
  singleOverload(
    {
      name: 'dynamic_to_json',
      signature: 'dynamic_to_json(expr: dynamic): string',
      summary: 'The value as JSON, keys in order.',
    },
    ['dynamic'],
    'string',
    { evaluate: (value: DynamicValue) => formatJson(sortKeys(value)) },
  ),
  singleOverload(
    {
      name: 'treepath',
      signature: 'treepath(object: dynamic): dynamic',
      summary: 'The paths of all members of a bag.',
    },
    ['dynamic'],
    'dynamic',
    { evaluate: (value: DynamicValue) => (isBag(value) || isArray(value) ? [...new Set(paths(value, ''))] : null) },
  ),
];

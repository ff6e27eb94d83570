import { Batch } from '../../columns/batch.ts';
import { type Column, valueReader } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import { KqlError } from '../../kql-error.ts';
import { convertValue, dynamicScalarType } from '../../values/convert.ts';
import { type DynamicValue, isArray, isBag, type PropertyBag } from '../../values/dynamic.ts';
import type { ColumnDefinition, ColumnType, Value } from '../../values/value.ts';
import { columnIndexOf, constantOf, type Plugin, type PluginArgument } from '../plugin.ts';

const NAME = 'bag_unpack';
const conflictRules = ['error', 'replace_source', 'keep_source'] as const;
type ConflictRule = (typeof conflictRules)[number];

type Options = { readonly prefix: string; readonly onConflict: ConflictRule; readonly ignored: ReadonlySet<string> };

/** The optional arguments, by name or by position. */
function readOptions(args: readonly PluginArgument[]): Options {
  const names = ['OutputColumnPrefix', 'columnsConflict', 'ignoredProperties'];
  const given = new Map(args.slice(1).map((argument, index) => [argument.label ?? names[index], argument]));
  const unknown = [...given.keys()].find((name) => name === undefined || !names.includes(name));
  if (unknown !== undefined) throw new KqlError('binding', `${NAME} has no argument '${unknown}'`);
  const textOf = (name: string): string | undefined => {
    const argument = given.get(name);
    return argument === undefined ? undefined : String(constantOf(NAME, argument, name));
  };
  const onConflict = conflictRules.find((rule) => rule === (textOf('columnsConflict') ?? 'error'));
  if (onConflict === undefined) {
    throw new KqlError('binding', `${NAME}: columnsConflict is one of ${conflictRules.join(', ')}`);
  }
  const ignored = given.get('ignoredProperties');
  const ignoredNames = ignored === undefined ? [] : constantOf(NAME, ignored, 'ignoredProperties');
  if (!isArray(ignoredNames)) throw new KqlError('binding', `${NAME}: ignoredProperties is an array of names`);
  return { prefix: textOf('OutputColumnPrefix') ?? '', onConflict, ignored: new Set(ignoredNames.map(String)) };
}

/** The types that a slot's values have, over all rows; nulls have none. */
function slotTypes(bags: readonly (PropertyBag | undefined)[], ignored: ReadonlySet<string>): Map<string, ColumnType> {
  const types = new Map<string, ColumnType | undefined>();
  for (const bag of bags) {
    if (bag === undefined) continue;
    for (const [key, value] of bag) {
      if (ignored.has(key)) continue;
      const known = types.get(key);
      if (value === null) types.set(key, known);
      else {
        const type = dynamicScalarType(value) ?? 'dynamic';
        types.set(key, known === undefined || known === type ? type : 'dynamic');
      }
    }
  }
  return new Map([...types].map(([key, type]) => [key, type ?? 'dynamic']));
}

const slotColumn = (bags: readonly (PropertyBag | undefined)[], key: string, type: ColumnType): Column =>
  columnOf(
    type,
    bags.map((bag): Value => convertValue(bag?.get(key) ?? null, 'dynamic', type)),
  );

function unpack(input: Batch, args: readonly PluginArgument[]): Batch {
  const unpacked = columnIndexOf(NAME, args[0]);
  if (input.columns[unpacked]?.type !== 'dynamic') throw new KqlError('binding', `${NAME} unpacks a dynamic column`);
  const { prefix, onConflict, ignored } = readOptions(args);
  const read = valueReader(input.column(unpacked));
  const bags = Array.from({ length: input.rowCount }, (_, row) => {
    const value = read(row) as DynamicValue;
    return isBag(value) ? value : undefined;
  });
  const types = slotTypes(bags, ignored);
  const kept = new Map<string, () => Column>();
  const columns = new Map<string, ColumnDefinition>();
  for (const [index, column] of input.columns.entries()) {
    if (index === unpacked) continue;
    columns.set(column.name, column);
    kept.set(column.name, () => input.column(index));
  }
  // The service lists the slots in the order of their names.
  for (const key of [...types.keys()].sort()) {
    const name = prefix + key;
    const type = types.get(key) as ColumnType;
    if (columns.has(name)) {
      if (onConflict === 'keep_source') continue;
      if (onConflict === 'error') {
        throw new KqlError('evaluation', `${NAME}: the bag has a property '${key}', and the input a column '${name}'`, {
          hint: "give a prefix, or say columnsConflict='replace_source' or 'keep_source'",
        });
      }
      columns.delete(name);
    }
    columns.set(name, { name, type });
    kept.set(name, () => slotColumn(bags, key, type));
  }
  const definitions = [...columns.values()];
  return new Batch(
    definitions,
    input.rowCount,
    definitions.map(({ name }) => kept.get(name) as () => Column),
  );
}

export const bagUnpack: Plugin = {
  name: NAME,
  signature: 'bag_unpack(column: dynamic [, OutputColumnPrefix] [, columnsConflict] [, ignoredProperties]) [: schema]',
  summary: 'Makes a column of each property of a bag.',
  page: 'bag-unpack-plugin',
  run: (input, args) => unpack(input, args),
};

import type { SchemaTree } from 'hyparquet';
import { toDynamic } from '../../../values/convert.ts';
import type { DynamicValue } from '../../../values/dynamic.ts';
import type { ColumnType, Value } from '../../../values/value.ts';
import { leafReader } from './leaf-value.ts';

/** A column of a Parquet file: its type in KQL, and how what the library decodes becomes such a value. */
export type ParquetColumn = {
  readonly name: string;
  readonly type: ColumnType;
  /** Takes everything but null and undefined. */
  readonly read: (raw: unknown) => Value;
};

/** The column; undefined where it holds a type that no log has. Lists, structs and maps are dynamics. */
export function parquetColumn(node: SchemaTree): ParquetColumn | undefined {
  const { name, repetition_type: repetition } = node.element;
  if (node.children.length === 0 && repetition !== 'REPEATED') {
    const leaf = leafReader(node.element);
    return leaf === undefined ? undefined : { name, ...leaf };
  }
  const read = repetition === 'REPEATED' ? listReader(node) : dynamicReader(node);
  return read === undefined ? undefined : { name, type: 'dynamic', read: orNull(read) };
}

type DynamicReader = (raw: unknown) => DynamicValue;

const orNull =
  (read: DynamicReader): DynamicReader =>
  (raw) =>
    raw === null || raw === undefined ? null : read(raw);

/** A repeated field without a LIST around it: a list of what stands there. */
function listReader(node: SchemaTree): DynamicReader | undefined {
  const item = dynamicReader(node);
  return item === undefined ? undefined : (raw) => (raw as readonly unknown[]).map(orNull(item));
}

function dynamicReader(node: SchemaTree): DynamicReader | undefined {
  const { element, children } = node;
  if (children.length === 0) {
    const leaf = leafReader(element);
    return leaf === undefined ? undefined : (raw) => toDynamic(leaf.read(raw), leaf.type);
  }
  // A variant's parts are bytes of a format of its own.
  if (element.logical_type?.type === 'VARIANT') return undefined;
  if (element.converted_type === 'LIST') return listItems(node);
  if (element.converted_type === 'MAP') return mapReader(node);
  return structReader(children);
}

/** The standard form has a group around each item, an old one has not. */
function listItems({ children: [repeated] }: SchemaTree): DynamicReader | undefined {
  if (repeated === undefined) return undefined;
  const [only, ...others] = repeated.children;
  const item = dynamicReader(only !== undefined && others.length === 0 ? only : repeated);
  return item === undefined ? undefined : (raw) => (raw as readonly unknown[]).map(orNull(item));
}

function mapReader({ children: [entry] }: SchemaTree): DynamicReader | undefined {
  const valueNode = entry?.children[1];
  const value = valueNode === undefined ? undefined : dynamicReader(valueNode);
  if (value === undefined) return undefined;
  return (raw) => new Map(Object.entries(raw as object).map(([key, one]) => [key, orNull(value)(one)]));
}

function structReader(children: readonly SchemaTree[]): DynamicReader | undefined {
  const fields: (readonly [string, DynamicReader])[] = [];
  for (const child of children) {
    const read = child.element.repetition_type === 'REPEATED' ? listReader(child) : dynamicReader(child);
    if (read === undefined) return undefined;
    fields.push([child.element.name, orNull(read)]);
  }
  return (raw) => new Map(fields.map(([name, read]) => [name, read((raw as Readonly<Record<string, unknown>>)[name])]));
}

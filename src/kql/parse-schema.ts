import { KqlError } from './kql-error.ts';
import { type ColumnDefinition, type ColumnType, columnTypes } from './values/value.ts';

/** Other names of types, as schemas in the wild write them. */
const typeAliases: Readonly<Record<string, ColumnType>> = {
  boolean: 'bool',
  int32: 'int',
  int64: 'long',
  double: 'real',
  float: 'real',
  date: 'datetime',
  time: 'timespan',
  uuid: 'guid',
  uniqueid: 'guid',
};

/** `(TimeGenerated:datetime, ['a b']:string)` as columns; throws a KqlError('binding') where it is no schema. */
export function parseSchema(text: string): readonly ColumnDefinition[] {
  const inner = /^\s*\(([\s\S]*)\)\s*$/.exec(text)?.[1];
  if (inner === undefined) throw noSchema(text);
  if (inner.trim() === '') return [];
  const pattern = /\s*(?:\[\s*(['"])(.*?)\1\s*\]|([\w$@-]+))\s*:\s*(\w+)\s*(?:,|$)/y;
  const columns: ColumnDefinition[] = [];
  while (pattern.lastIndex < inner.length) {
    const match = pattern.exec(inner);
    if (match === null) throw noSchema(text);
    columns.push({ name: (match[2] ?? match[3]) as string, type: columnTypeOf(match[4] as string) });
  }
  return columns;
}

/** A type by its name or one of its aliases. */
export function columnTypeOf(name: string): ColumnType {
  const type = typeAliases[name.toLowerCase()] ?? name.toLowerCase();
  if ((columnTypes as readonly string[]).includes(type)) return type as ColumnType;
  throw new KqlError('binding', `there is no type ${name}`, { hint: `the types are ${columnTypes.join(', ')}` });
}

const noSchema = (text: string): KqlError =>
  new KqlError('binding', `'${text.slice(0, 60)}' is no schema`, { hint: 'write it as (Name:type, Name:type)' });

import type { Decimal } from 'decimal.js';
import type { DynamicValue } from './dynamic.ts';

/** The scalar types of KQL (learn.microsoft.com/kusto/query/scalar-data-types). */
export type ColumnType =
  | 'bool'
  | 'int'
  | 'long'
  | 'real'
  | 'decimal'
  | 'string'
  | 'datetime'
  | 'timespan'
  | 'guid'
  | 'dynamic';

export const columnTypes: readonly ColumnType[] = [
  'bool',
  'int',
  'long',
  'real',
  'decimal',
  'string',
  'datetime',
  'timespan',
  'guid',
  'dynamic',
];

/**
 * One scalar outside a column; its KQL type is known from the context, never from the JavaScript type alone:
 * bool → boolean; int, real → number; long → bigint; datetime → bigint (ticks of 100 ns since 0001-01-01);
 * timespan → bigint (ticks); string, guid → string; decimal → Decimal; dynamic → DynamicValue; a null of any type but
 * string → null. A string is never null.
 */
export type Value = boolean | number | bigint | string | Decimal | DynamicValue | null;

export type ColumnDefinition = { readonly name: string; readonly type: ColumnType };

export const isNumericType = (type: ColumnType): boolean =>
  type === 'int' || type === 'long' || type === 'real' || type === 'decimal';

import { batchOf } from '../columns/batch.ts';
import type { SyntaxNode } from '../parse/syntax.ts';
import type { ColumnDefinition, ColumnType } from '../values/value.ts';
import type { Plan } from './plan.ts';

/** The .NET type that the service names for each type. */
const dataTypes: Readonly<Record<ColumnType, string>> = {
  bool: 'System.SByte',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  string: 'System.String',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
};

const columns: readonly ColumnDefinition[] = [
  { name: 'ColumnName', type: 'string' },
  { name: 'ColumnOrdinal', type: 'int' },
  { name: 'DataType', type: 'string' },
  { name: 'ColumnType', type: 'string' },
];

export function buildGetSchema(_node: SyntaxNode, input: Plan): Plan {
  const rows = input.columns.map(({ name, type }, ordinal) => [name, ordinal, dataTypes[type], type]);
  return { operator: 'rows', columns, batch: batchOf(columns, rows) };
}

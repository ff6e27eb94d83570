import { valueReader } from './columns/column.ts';
import type { Table } from './run-query.ts';
import { formatValue } from './values/convert.ts';
import type { DynamicValue } from './values/dynamic.ts';
import { formatJson } from './values/json.ts';
import type { ColumnType, Value } from './values/value.ts';

/**
 * A table as typed text that reads well in a diff: `name:type` headers, then a line a row, cells separated by tabs.
 * Nulls are `null`, strings stand in double quotes with JSON's escapes, dynamics are compact JSON.
 */
export function tableToText(table: Table): string {
  const header = table.columns.map(({ name, type }) => `${name}:${type}`).join('\t');
  const readers = table.columns.map(({ type }, index) => {
    const read = valueReader(table.rows.column(index));
    return (row: number) => cellText(read(row), type);
  });
  const lines = Array.from({ length: table.rowCount }, (_, row) => readers.map((read) => read(row)).join('\t'));
  return `${[header, ...lines].join('\n')}\n`;
}

function cellText(value: Value, type: ColumnType): string {
  if (value === null) return 'null';
  if (type === 'string') return JSON.stringify(value);
  return type === 'dynamic' ? formatJson(value as DynamicValue) : formatValue(value, type);
}

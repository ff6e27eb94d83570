import { valueReader } from './columns/column.ts';
import type { Table } from './run-query.ts';
import type { Value } from './values/value.ts';

/** A table's rows as objects of canonical values (values/value.ts), keyed by column name. */
export function tableRows(table: Table): Record<string, Value>[] {
  const readers = table.columns.map(({ name }, index) => ({ name, read: valueReader(table.rows.column(index)) }));
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(readers.map(({ name, read }) => [name, read(row)])),
  );
}

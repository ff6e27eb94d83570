import {
  batchOf,
  type Catalog,
  type ColumnDefinition,
  createMemoryTable,
  type DynamicValue,
  type MemoryTable,
  type Schemas,
  ticksFromUnixMs,
  type Value,
} from '../../src/kql/index.ts';
import { tableSchemas } from '../../src/tables/table-schemas.ts';
import type { LogRow, Logs } from '../content/rules/run-rule.ts';

export const schemas: Schemas = new Map(
  [...tableSchemas].map(([name, { columns }]) => [
    name,
    Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  ]),
);

/** The tables of the logs, in the order of time. */
export const tablesOf = (logs: Logs): ReadonlyMap<string, MemoryTable> =>
  new Map(Object.entries(logs).map(([name, rows]) => [name, tableOf(schemas.get(name) ?? [], rows)]));

/** Every table of the schemas, empty. */
export const catalog: Catalog = {
  tables: new Map([...schemas].map(([name, columns]) => [name, createMemoryTable(batchOf(columns, []))])),
};

function tableOf(columns: readonly ColumnDefinition[], rows: readonly LogRow[]): MemoryTable {
  const inOrder = [...rows].sort((a, b) => a.TimeGenerated - b.TimeGenerated);
  const cells = inOrder.map((row) => columns.map((column) => cellOf(column, row[column.name])));
  return createMemoryTable(batchOf(columns, cells));
}

function cellOf({ type }: ColumnDefinition, value: unknown): Value {
  if (value === undefined) return type === 'string' ? '' : null;
  if (type === 'datetime') return ticksFromUnixMs(value as number);
  if (type !== 'dynamic') return value as Value;
  return new Map(Object.entries(value as Readonly<Record<string, DynamicValue>>));
}

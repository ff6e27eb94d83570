import { type Column, valueReader } from '../kql/columns/column.ts';
import { createColumnBuilder } from '../kql/columns/column-builder.ts';
import {
  ARRIVAL_COLUMN,
  Batch,
  type ColumnDefinition,
  createMemoryTable,
  type MemoryTable,
  type Schemas,
  type Value,
} from '../kql/index.ts';

/**
 * Columns in which an export tells when a row arrived, the better one first: ingestion_time() itself, exported with
 * `| extend _IngestionTime = ingestion_time()`, and the time at which Azure Monitor received the row.
 */
export const arrivalNames = ['_IngestionTime', '_TimeReceived'] as const;

const arrivalColumns: readonly ColumnDefinition[] = arrivalNames.map((name) => ({ name, type: 'datetime' }));

/** The schemas with the columns that tell arrival times, for a loader to read them. */
export const withArrivalColumns = (schemas: Schemas): Schemas =>
  new Map(
    [...schemas].map(([name, columns]) => [
      name,
      [...columns, ...arrivalColumns.filter((added) => columns.every((column) => column.name !== added.name))],
    ]),
  );

/**
 * The table with its arrival times hidden, as the service hides them: ingestion_time() reads them. A row without one
 * arrived when it happened; a table without any has none.
 */
export function hideArrivals(table: MemoryTable): MemoryTable {
  const { rows } = table;
  const visible = rows.columns.flatMap(({ name }, index) => (isArrivalName(name) ? [] : [index]));
  if (visible.length === rows.columns.length) return table;
  const columns = visible.map((index) => rows.columns[index] as ColumnDefinition);
  const sources = [...arrivalNames, table.timeColumn].flatMap((name) => {
    const index = rows.columns.findIndex((column) => column.name === name && column.type === 'datetime');
    return index < 0 ? [] : [index];
  });
  const arrival = firstValues(rows, sources);
  const slots = visible.map((index) => rows.column(index));
  if (arrival === undefined) return createMemoryTable(new Batch(columns, rows.rowCount, slots), table.timeColumn);
  return createMemoryTable(
    new Batch([...columns, ARRIVAL_COLUMN], rows.rowCount, [...slots, arrival]),
    table.timeColumn,
  );
}

const isArrivalName = (name: string): boolean => (arrivalNames as readonly string[]).includes(name);

/** Row by row the first value that one of the columns has; undefined where the arrival columns have none at all. */
function firstValues(rows: Batch, sources: readonly number[]): Column | undefined {
  const isKnown = sources.some(
    (index) => isArrivalName(rows.columns[index]?.name ?? '') && hasValue(rows.column(index)),
  );
  if (!isKnown) return undefined;
  const readers = sources.map((index) => valueReader(rows.column(index)));
  const builder = createColumnBuilder('datetime');
  for (let row = 0; row < rows.rowCount; row++) {
    let value: Value = null;
    for (let source = 0; value === null && source < readers.length; source++) value = readers[source]?.(row) ?? null;
    builder.append(value);
  }
  return builder.build();
}

const hasValue = (column: Column): boolean =>
  column.kind === 'int64' && column.length > 0 && (column.nulls === undefined || column.nulls.includes(0));

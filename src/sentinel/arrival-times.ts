import { ARRIVAL_COLUMN, Batch, type ColumnDefinition, createMemoryTable, type MemoryTable, type Schemas } from '../kql/index.ts';

/**
 * Columns in which an export tells when a row arrived, the better one first: ingestion_time() itself, exported with
 * `| extend _IngestionTime = ingestion_time()`, and the time at which Azure Monitor received the row.
 */
const arrivalNames = ['_IngestionTime', '_TimeReceived'] as const;

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
  return createMemoryTable(new Batch([...columns, ARRIVAL_COLUMN], rows.rowCount, [...slots, arrival]), table.timeColumn);
}

const isArrivalName = (name: string): boolean => (arrivalNames as readonly string[]).includes(name);

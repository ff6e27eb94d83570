import type { Catalog, ExternalDataRequest, TableSource } from './catalog.ts';
import { batchOf } from './columns/batch.ts';
import { createMemoryTable } from './columns/memory-table.ts';
import { KqlError } from './kql-error.ts';
import { columnTypeOf, parseSchema } from './parse-schema.ts';
import type { QueryOptions } from './query-context.ts';
import { runQuery } from './run-query.ts';
import { type JsonTable, tableToJson } from './table-to-json.ts';
import { valueFromJson } from './values/from-json.ts';
import { parseDatetime } from './values/parse-datetime.ts';
import type { ColumnDefinition, Value } from './values/value.ts';

/** A table of a case: its schema as text (`(Time:datetime, Url:string)`, no rows), or columns and rows. */
export type BatchTable =
  | string
  | {
      readonly columns: readonly (string | { readonly name: string; readonly type: string })[];
      readonly rows?: readonly (readonly unknown[] | Readonly<Record<string, unknown>>)[];
    };

/**
 * One query of a batch. Its tables (name → table) and functions (name → KQL, `(parameters) { body }` or a body) exist for
 * it alone, and `now` is what now() says in it.
 */
export type BatchCase = {
  readonly id: string;
  readonly query: string;
  readonly tables?: Readonly<Record<string, BatchTable>>;
  readonly functions?: Readonly<Record<string, string>>;
  readonly now?: string;
};

export type BatchResult =
  | ({
      readonly id: string;
      readonly notes?: readonly string[];
      /** All tables of a query that gives several; the columns and rows beside them are the first's. */
      readonly tables?: readonly JsonTable[];
    } & JsonTable)
  | { readonly id: string; readonly error: { readonly code: string; readonly message: string } };

/**
 * Runs one case; the answer is a result or an error of the engine, never an exception. `complete` adds to a catalog what
 * follows from its tables and functions, and tells what it takes for granted.
 */
export async function runCase(
  batchCase: BatchCase,
  catalog: Catalog,
  options: QueryOptions,
  complete: (catalog: Catalog, note: (text: string) => void) => Catalog = (given) => given,
): Promise<BatchResult> {
  const { id, query, now } = batchCase;
  try {
    const notes = new Set<string>();
    const nowTicks = now === undefined ? options.nowTicks : parseDatetime(now);
    if (nowTicks === null) throw new KqlError('binding', `now is '${now}', which is no time`);
    const { table, tables } = await runQuery(query, caseCatalog(batchCase, catalog, notes, complete), {
      ...options,
      nowTicks,
    });
    return {
      id,
      ...tableToJson(table),
      ...(tables.length === 1 ? {} : { tables: tables.map(tableToJson) }),
      ...(notes.size === 0 ? {} : { notes: [...notes] }),
    };
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    return { id, error: { code: error.code, message: error.message } };
  }
}

/** The catalog with what the case brings; a case without tables and functions sees the catalog itself. */
function caseCatalog(
  { tables, functions }: BatchCase,
  catalog: Catalog,
  notes: Set<string>,
  complete: (catalog: Catalog, note: (text: string) => void) => Catalog,
): Catalog {
  if (tables === undefined && functions === undefined) return catalog;
  const own = Object.entries(tables ?? {}).map(([name, table]) => [name, readTable(name, table)] as const);
  const given: Catalog = {
    ...catalog,
    tables: new Map([...catalog.tables, ...own]),
    functions: new Map([...(catalog.functions ?? []), ...Object.entries(functions ?? {})]),
    assumed: ({ name, type }) =>
      notes.add(`no row gives the column ${name} after bag_unpack or pivot: it is taken as an empty ${type}`),
    // A case is closed in itself: what it reads from outside is one of its tables, named by the address, or empty.
    externalData: (request) => catalog.externalData?.(request) ?? closedWorld(request, new Map(own), notes),
    locateAddress: catalog.locateAddress ?? nowhere(notes),
  };
  return complete(given, (text) => notes.add(text));
}

function closedWorld(
  { uri, columns }: ExternalDataRequest,
  tables: ReadonlyMap<string, TableSource>,
  notes: Set<string>,
): TableSource {
  const table = tables.get(uri);
  if (table !== undefined) return table;
  notes.add(`externaldata ${uri} is not among the tables of the case: it has no rows`);
  return { columns, scan: () => [] };
}

const nowhere = (notes: Set<string>) => (): undefined => {
  notes.add('geo_info_from_ip_address has no database: it knows no address');
};

function readTable(name: string, table: BatchTable): TableSource {
  if (typeof table === 'string') return createMemoryTable(batchOf(parseSchema(table), []));
  const columns = table.columns.map((column): ColumnDefinition => {
    if (typeof column !== 'string') return { name: column.name, type: columnTypeOf(column.type) };
    const [columnName, type] = column.split(':');
    return { name: (columnName ?? '').trim(), type: columnTypeOf((type ?? 'string').trim()) };
  });
  const rows = (table.rows ?? []).map((row, index) => readRow(name, columns, row, index));
  return createMemoryTable(batchOf(columns, rows));
}

function readRow(
  table: string,
  columns: readonly ColumnDefinition[],
  row: readonly unknown[] | Readonly<Record<string, unknown>>,
  index: number,
): Value[] {
  return columns.map(({ name, type }, position) => {
    const cell = Array.isArray(row) ? row[position] : (row as Readonly<Record<string, unknown>>)[name];
    const value = valueFromJson(cell, type);
    if (value === undefined) {
      throw new KqlError('binding', `${table}, row ${index + 1}: ${name} is a ${type}, not ${JSON.stringify(cell)}`);
    }
    return value;
  });
}

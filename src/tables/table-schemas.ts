import schemas from './log-analytics-tables.json' with { type: 'json' };

/** The Kusto scalar types that occur in Log Analytics tables. */
export type TableColumnType =
  | 'bool'
  | 'int'
  | 'long'
  | 'real'
  | 'string'
  | 'datetime'
  | 'timespan'
  | 'guid'
  | 'dynamic';

export type TableSchema = { readonly name: string; readonly columns: Readonly<Record<string, TableColumnType>> };

type SchemaFile = Readonly<Record<string, Readonly<Record<string, TableColumnType>>>>;

/**
 * The Log Analytics tables that content may read, by table name.
 * Keys of the form `AzureDiagnostics/<Category>` in the file tell which columns a category fills; they are no tables of
 * their own and are left out here.
 * Source: Azure Monitor's table reference (learn.microsoft.com/azure/azure-monitor/reference/tables).
 */
export const tableSchemas: ReadonlyMap<string, TableSchema> = new Map(
  Object.entries(schemas as SchemaFile)
    .filter(([name]) => !name.includes('/'))
    .map(([name, columns]) => [name, { name, columns }]),
);

/** The columns that one category of AzureDiagnostics fills, or undefined for a category without a documented list. */
export function azureDiagnosticsColumns(category: string): Readonly<Record<string, TableColumnType>> | undefined {
  return (schemas as SchemaFile)[`AzureDiagnostics/${category}`];
}

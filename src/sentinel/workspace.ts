import type { Catalog, ColumnDefinition, Schemas, TableSource } from '../kql/index.ts';
import { tableSchemas } from '../tables/table-schemas.ts';
import { asimColumns } from './asim-columns.ts';
import { asimParsers, parserNames } from './asim-parsers.ts';
import { asimSchemas } from './asim-schemas.ts';
import { explainMissing } from './explain-missing.ts';
import { workspaceFunctions } from './workspace-functions.ts';

/**
 * The columns of the tables that a workspace has, by table. TenantId is one of the standard columns of every table
 * (learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns), also where the table's own page leaves it out.
 */
export const workspaceSchemas: Schemas = new Map(
  [...tableSchemas].map(([name, { columns }]) => [
    name,
    Object.entries({ ...columns, TenantId: 'string' as const }).map(
      ([column, type]): ColumnDefinition => ({ name: column, type }),
    ),
  ]),
);

/**
 * A catalog as a Sentinel workspace has it. Every known table exists, with no rows where none are given, so that content
 * binds in a clean workspace. The workspace's functions and the ASIM parsers over tables of their names are there; the
 * catalog's own functions go before them.
 */
export function inWorkspace(catalog: Catalog, schemas: Schemas = workspaceSchemas): Catalog {
  const { tables, functions = new Map<string, string>(), staged } = catalog;
  const asim = asimParsers(tables);
  const empty = [...schemas].map(([name, columns]): [string, TableSource] => [name, { columns, scan: () => [] }]);
  const own = [...tables].filter(([name]) => !asim.replaced.has(name));
  return {
    ...catalog,
    tables: new Map([...empty, ...own]),
    staged: new Map([...(staged ?? []), ...[...asim.sources].map(([name, source]) => [name, hidden(source)] as const)]),
    functions: new Map([
      ...workspaceFunctions.map(({ name, text }) => [name, text] as const),
      ...asim.functions,
      ...functions,
    ]),
    explain: explainMissing,
  };
}

/**
 * A catalog as a Sentinel workspace has it, for content that is run without files: the ASIM parsers are there without any
 * table under their names too, and give no rows. `note` is told of those that a query reads.
 */
export function inClosedWorkspace(catalog: Catalog, note: (text: string) => void): Catalog {
  const { tables, functions } = catalog;
  const isGiven = (name: string): boolean => tables.has(name) || functions?.has(name) === true;
  const parsers = asimSchemas
    .filter((schema) => !parserNames(schema).some(isGiven))
    .map(({ name }): [string, TableSource] => [
      `_Im_${name}`,
      {
        columns: asimColumns(name),
        scan: () => {
          note(`the ASIM schema ${name} is not among the tables of the case: it has no rows`);
          return [];
        },
      },
    ]);
  return inWorkspace({ ...catalog, tables: new Map([...tables, ...parsers]) });
}

/** Seen by the functions that read it alone, and not by patterns and searches over all tables. */
const hidden = (source: TableSource): TableSource & { readonly origin: undefined } => ({
  ...source,
  origin: undefined,
});

import type { Catalog, ColumnDefinition } from '../../src/kql/index.ts';
import { nearestNames } from '../../src/kql/index.ts';
import { UsageError } from '../usage-error.ts';

/** What is known of a table besides its columns. */
export type TableFigures = ReadonlyMap<string, number>;

/** The tables of a workspace with how many rows and columns they have; those with rows come first. */
export function formatTables({ tables }: Catalog, rowCounts: TableFigures): string {
  const rows = [...tables].map(([name, { columns }]) => ({ name, columns, rowCount: rowCounts.get(name) ?? 0 }));
  rows.sort((a, b) => Number(b.rowCount > 0) - Number(a.rowCount > 0) || (a.name < b.name ? -1 : 1));
  const width = rows.reduce((most, { name }) => Math.max(most, name.length), 5);
  const line = (name: string, rowCount: string, columns: string): string =>
    `${name.padEnd(width)}  ${rowCount.padStart(12)}  ${columns.padStart(7)}`;
  return [
    line('table', 'rows', 'columns'),
    '─'.repeat(width + 23),
    ...rows.map(({ name, columns, rowCount }) =>
      line(name, rowCount === 0 ? '·' : rowCount.toLocaleString('en-US'), String(columns.length)),
    ),
  ].join('\n');
}

/** The columns of one table with their types. */
export function formatColumns(name: string, { tables, functions }: Catalog): string {
  const table = tables.get(name);
  if (table !== undefined) return formatDefinitions(table.columns);
  if (functions?.has(name) === true) {
    throw new UsageError(`${name} is a function`, `its columns: pack query '${name} | getschema'`);
  }
  const near = nearestNames(name, tables.keys());
  throw new UsageError(
    `there is no table ${name}`,
    near.length > 0 ? `did you mean ${near.join(', ')}?` : 'pack query --tables lists the tables',
  );
}

function formatDefinitions(columns: readonly ColumnDefinition[]): string {
  const width = columns.reduce((most, { name }) => Math.max(most, name.length), 6);
  return [
    `${'column'.padEnd(width)}  type`,
    '─'.repeat(width + 10),
    ...columns.map(({ name, type }) => `${name.padEnd(width)}  ${type}`),
  ].join('\n');
}

/** The functions of a workspace, saved ones and its own. */
export const formatFunctions = ({ functions = new Map() }: Catalog): string => [...functions.keys()].sort().join('\n');

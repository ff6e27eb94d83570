import type { Catalog } from '../../kql/index.ts';
import type { TableSchema } from '../../tables/table-schemas.ts';

/** The names that a query may use: those of a workspace with logs of every kind, and of one that has just been made. */
export type Workspace = { readonly full: Catalog; readonly clean: Catalog };

const workspaces = new WeakMap<ReadonlyMap<string, TableSchema>, Workspace>();

/** The workspace that has the tables, all of them empty; made once for a set of tables, since binding depends on it. */
export function workspaceOf(tables: ReadonlyMap<string, TableSchema>): Workspace {
  let workspace = workspaces.get(tables);
  if (workspace === undefined) {
    workspace = { full: catalogOf(tables, () => true), clean: catalogOf(tables, isThereFromTheStart) };
    workspaces.set(tables, workspace);
  }
  return workspace;
}

/** AzureDiagnostics gets a column when a resource first logs its value; such columns end in the letter of their type. */
export const isThereFromTheStart = (table: string, column: string): boolean =>
  table !== 'AzureDiagnostics' || !/_[bdgst]$/.test(column);

function catalogOf(tables: ReadonlyMap<string, TableSchema>, has: (table: string, column: string) => boolean): Catalog {
  const sources = [...tables].map(([table, { columns }]) => {
    const present = Object.entries(columns).filter(([name]) => has(table, name));
    return [table, { columns: present.map(([name, type]) => ({ name, type })), scan: () => [] }] as const;
  });
  return { tables: new Map(sources) };
}

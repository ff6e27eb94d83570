import type { LoadedTables, MemoryTable, Schemas } from '../kql/index.ts';
import type { TableNeed } from '../replay/log-needs.ts';

/**
 * Where logs come from: files, a workspace, or memory. Whoever replays rules asks for what they read and does not know
 * which it is.
 */
export type LogSource = {
  /** `logs/`, or the workspace's id, as a person calls it. */
  readonly name: string;
  /**
   * The tables that are needed, as far as there are any, and what was wrong with them; columns that nobody needs may be
   * empty. A source may hand out further tables.
   * @throws LogSourceError where nothing can be had
   */
  readonly load: (needs: readonly TableNeed[], schemas: Schemas) => Promise<LoadedTables>;
};

/** Tables that are there already. */
export const memoryLogs = (tables: ReadonlyMap<string, MemoryTable>): LogSource => ({
  name: 'memory',
  load: async () => ({
    tables,
    files: [...tables].map(([table, { rows }]) => ({ path: 'memory', table, rowCount: rows.rowCount })),
    problems: [],
  }),
});

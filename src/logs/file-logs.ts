import { type LoadedTables, loadTables, type Schemas } from '../kql/index.ts';
import type { TableNeed } from '../replay/log-needs.ts';
import { arrivalNames, hideArrivals, withArrivalColumns } from '../sentinel/arrival-times.ts';
import type { LogSource } from './log-source.ts';

export type FileLogOptions = {
  /** Told before each file. */
  readonly onFile?: ((path: string) => void) | undefined;
};

/** Log files, as exports write them: see docs/log-files.md. Columns that no rule needs are not kept. */
export const fileLogs = (paths: readonly string[], options: FileLogOptions = {}): LogSource => ({
  name: paths.join(', '),
  load: (needs, schemas) => readLogFiles(paths, schemas, { ...options, needs }),
});

/**
 * The tables of the files, columns that tell when rows arrived hidden for ingestion_time() to read.
 * @param needs the columns to keep of the tables in it; of every other table all
 */
export async function readLogFiles(
  paths: readonly string[],
  schemas: Schemas,
  { onFile, needs = [] }: FileLogOptions & { readonly needs?: readonly TableNeed[] } = {},
): Promise<LoadedTables> {
  const byTable = new Map(needs.map(({ table, columns }) => [table, columns]));
  const wanted = (table: string): ReadonlySet<string> | undefined => {
    const columns = byTable.get(table);
    return columns === undefined ? undefined : new Set([...columns, ...arrivalNames]);
  };
  const loaded = await loadTables(paths, withArrivalColumns(schemas), { onFile, wanted });
  return { ...loaded, tables: new Map([...loaded.tables].map(([name, table]) => [name, hideArrivals(table)])) };
}

import { existsSync } from 'node:fs';
import { formatInputProblem, type LoadedTables, loadTables, type Schemas } from '../src/kql/index.ts';
import { tableSchemas } from '../src/tables/table-schemas.ts';
import { UsageError } from './usage-error.ts';

/** The schemas of all tables that are known, in the form that the loader takes. */
export const knownSchemas: Schemas = new Map(
  [...tableSchemas].map(([name, { columns }]) => [
    name,
    Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  ]),
);

/** Loads the log files under the paths; a path that does not exist is wrong use. Progress goes to stderr on a terminal. */
export async function loadLogs(paths: readonly string[]): Promise<LoadedTables> {
  for (const path of paths) {
    if (!existsSync(path))
      throw new UsageError(`there is no file or folder ${path}`, 'name a folder of .ndjson, .csv, .json or .gz files');
  }
  const progress = process.stderr.isTTY
    ? (path: string) => process.stderr.write(`\r\u001b[Kreading ${path}`)
    : undefined;
  const loaded = await loadTables(paths, knownSchemas, progress);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return loaded;
}

/** Prints what was wrong with the input; true where rows are missing because of it. */
export function reportProblems({ problems }: LoadedTables): boolean {
  for (const problem of problems)
    console.error(`${problem.code === 'schema' ? 'note' : 'warning'}: ${formatInputProblem(problem)}`);
  return problems.some(({ code }) => code !== 'schema');
}

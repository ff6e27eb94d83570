import { existsSync } from 'node:fs';
import { formatInputProblem, type LoadedTables, type Schemas } from '../src/kql/index.ts';
import { readLogFiles } from '../src/logs/file-logs.ts';
import type { TableNeed } from '../src/replay/log-needs.ts';
import { workspaceSchemas } from '../src/sentinel/workspace.ts';
import { printable } from './query/printable.ts';
import { UsageError } from './usage-error.ts';

/** The schemas of all tables that are known, in the form that the loader takes. */
export const knownSchemas: Schemas = workspaceSchemas;

/**
 * Loads the log files under the paths; a path that does not exist is wrong use. Columns that tell when rows arrived are
 * hidden, for ingestion_time() to read. Progress goes to stderr on a terminal.
 * @param needs of the tables in it only these columns are kept
 */
export async function loadLogs(
  paths: readonly string[],
  schemas: Schemas = knownSchemas,
  needs: readonly TableNeed[] = [],
): Promise<LoadedTables> {
  for (const path of paths) {
    if (!existsSync(path))
      throw new UsageError(
        `there is no file or folder ${path}`,
        'name a folder of .ndjson, .csv, .json, .gz or .parquet files',
      );
  }
  const onFile = process.stderr.isTTY
    ? (path: string) => process.stderr.write(`\r\u001b[Kreading ${printable(path)}`)
    : undefined;
  const loaded = await readLogFiles(paths, schemas, { onFile, needs });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return loaded;
}

/** Prints what was wrong with the input; true where rows are missing because of it. */
export function reportProblems({ problems }: LoadedTables): boolean {
  for (const problem of problems)
    console.error(`${problem.code === 'schema' ? 'note' : 'warning'}: ${formatInputProblem(problem)}`);
  return problems.some(({ code }) => code !== 'schema');
}

import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ColumnDefinition } from '../../values/value.ts';
import { createMemoryTable, type MemoryTable } from '../memory-table.ts';
import { type InputProblem, ProblemCollector } from './input-problem.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readNdjson } from './read-ndjson.ts';
import { TableLoader } from './table-loader.ts';

type Reader = (path: string, loader: TableLoader, problems: ProblemCollector) => Promise<void>;

/** How a file is read, by its ending; each may be packed (.gz). */
const readers: Readonly<Record<string, Reader>> = {
  ndjson: readNdjson,
  jsonl: readNdjson,
  json: readJson,
  csv: readCsv,
};

export type LoadedFile = { readonly path: string; readonly table: string; readonly rowCount: number };

export type LoadedTables = {
  readonly tables: ReadonlyMap<string, MemoryTable>;
  readonly files: readonly LoadedFile[];
  readonly problems: readonly InputProblem[];
};

export type Schemas = ReadonlyMap<string, readonly ColumnDefinition[]>;

/**
 * Loads log files into tables. A path is a file or a folder (read with its subfolders); a file's table is its name up to
 * the first point (`ApiManagementGatewayLogs.2026-03.ndjson.gz`), or its folder's name where that is a known table.
 * A table without a schema gets one from its data, which is reported. Nothing is lost silently: every line that is left
 * out is counted in `problems`.
 */
export async function loadTables(
  paths: readonly string[],
  schemas: Schemas,
  onFile?: (path: string) => void,
): Promise<LoadedTables> {
  const found = (await Promise.all(paths.map(listFiles))).flat().sort();
  const loaders = new Map<string, TableLoader>();
  const files: LoadedFile[] = [];
  const problems: InputProblem[] = [];
  for (const path of found) {
    onFile?.(path);
    const table = tableName(path, schemas);
    const schema = schemas.get(table);
    const loader = loaders.get(table) ?? new TableLoader(schema);
    const collector = new ProblemCollector(path);
    const before = loader.rowCount;
    await (readers[formatOf(path)] as Reader)(path, loader, collector);
    const rowCount = loader.rowCount - before;
    if (rowCount === 0 && collector.problems.length === 0) {
      collector.add('empty', '', { message: 'the file holds no rows', hint: 'check the export, or remove the file' });
    }
    if (schema === undefined && rowCount > 0 && !loaders.has(table)) reportInferred(collector, table, loader);
    loaders.set(table, loader);
    files.push({ path, table, rowCount });
    problems.push(...collector.problems);
  }
  const tables = new Map([...loaders].map(([name, loader]) => [name, createMemoryTable(loader.build())]));
  return { tables, files, problems };
}

function reportInferred(collector: ProblemCollector, table: string, loader: TableLoader): void {
  collector.add('schema', '', {
    message: `${table} is no table that is known; its ${loader.columns.length} columns take their types from the data`,
    hint: 'name the file after its table (ApiManagementGatewayLogs.ndjson) where it is one',
  });
}

const formatOf = (path: string): string => path.replace(/\.gz$/, '').split('.').at(-1) ?? '';

const isLogFile = (path: string): boolean => formatOf(path) in readers;

async function listFiles(path: string): Promise<readonly string[]> {
  const info = await stat(path);
  if (!info.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isLogFile(entry.name) && !isMetadata(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The generator's list of injected attacks lies beside the logs and is no log. */
const isMetadata = (name: string): boolean => name === 'labels.json';

function tableName(path: string, schemas: Schemas): string {
  const folder = basename(dirname(path));
  const stem = basename(path).split('.')[0] ?? '';
  if (schemas.has(stem)) return stem;
  if (schemas.has(folder)) return folder;
  // `ApiManagementGatewayLogs-2026-03-01.ndjson`, `ApiManagementGatewayLogs_1.csv`
  const prefix = stem.replace(/[-_]?\d[\d-_T]*$/, '');
  return schemas.has(prefix) ? prefix : stem;
}

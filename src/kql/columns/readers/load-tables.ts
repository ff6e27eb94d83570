import type { ColumnDefinition } from '../../values/value.ts';
import type { Batch } from '../batch.ts';
import { createMemoryTable, type MemoryTable } from '../memory-table.ts';
import { type FileSignature, readSignature } from './file-signature.ts';
import { findOverlaps } from './find-overlaps.ts';
import { type InputProblem, ProblemCollector } from './input-problem.ts';
import { formatOf, type LogFormat, listLogFiles } from './list-log-files.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readNdjson } from './read-ndjson.ts';
import { readParquet } from './read-parquet.ts';
import { TableLoader } from './table-loader.ts';
import { tableNameOf } from './table-name.ts';
import { textFormat } from './text-format.ts';

type Reader = (path: string, loader: TableLoader, problems: ProblemCollector) => Promise<void>;

const readers: Readonly<Record<LogFormat, Reader>> = {
  ndjson: readNdjson,
  json: readJson,
  csv: readCsv,
  parquet: readParquet,
};

export type LoadedFile = { readonly path: string; readonly table: string; readonly rowCount: number };

export type LoadedTables = {
  readonly tables: ReadonlyMap<string, MemoryTable>;
  readonly files: readonly LoadedFile[];
  readonly problems: readonly InputProblem[];
};

export type LoadOptions = {
  /** Told before each file. */
  readonly onFile?: ((path: string) => void) | undefined;
  /** The columns of a known table that are filled, the others stay empty; undefined: all. Called once a table. */
  readonly wanted?: (table: string) => ReadonlySet<string> | undefined;
};

export type Schemas = ReadonlyMap<string, readonly ColumnDefinition[]>;

/**
 * Loads log files into tables. A path is a file, or a folder that is read with its subfolders; a file's table follows
 * from its name (see table-name.ts). A table without a schema gets one from its data, which is noted. Nothing is lost
 * silently: every line that is left out is counted in `problems`. Reads files; throws nothing for what they hold.
 */
export async function loadTables(
  paths: readonly string[],
  schemas: Schemas,
  { onFile, wanted }: LoadOptions = {},
): Promise<LoadedTables> {
  const listed = await listLogFiles(paths);
  const loaders = new Map<string, TableLoader>();
  const files: LoadedFile[] = [];
  const problems: InputProblem[] = [...listed.problems];
  for (const path of listed.files) {
    onFile?.(path);
    const table = tableNameOf(path, schemas.keys());
    const isNew = !loaders.has(table);
    const loader = loaders.get(table) ?? new TableLoader(table, schemas.get(table), wanted?.(table));
    loaders.set(table, loader);
    const collector = new ProblemCollector(path);
    const rowCount = await readFile(path, loader, collector);
    if (isNew && !schemas.has(table) && rowCount > 0) noteInferred(collector, loader);
    files.push({ path, table, rowCount });
    problems.push(...collector.problems);
  }
  const tables = new Map<string, MemoryTable>();
  for (const [name, loader] of loaders) {
    const rows = loader.build();
    problems.push(...overlapProblems(name, rows, files));
    tables.set(name, createMemoryTable(rows));
  }
  return { tables, files, problems };
}

function overlapProblems(table: string, rows: Batch, files: readonly LoadedFile[]): readonly InputProblem[] {
  let from = 0;
  const ranges = files
    .filter((file) => file.table === table)
    .map(({ path, rowCount }) => {
      const to = from + rowCount;
      const range = { path, from, to };
      from = to;
      return range;
    });
  return findOverlaps(rows, ranges).map(({ path, earlier, rows: count }) => ({
    code: 'overlap',
    file: path,
    count: 1,
    message: `${count} ${count === 1 ? 'row is' : 'rows are'} in ${earlier}, too, the same in every column that is read: they count twice`,
    hint: 'export times that do not overlap, or leave one of the files out',
  }));
}

/** Reads one file; returns how many rows it gave. */
async function readFile(path: string, loader: TableLoader, collector: ProblemCollector): Promise<number> {
  const before = loader.rowCount;
  await readAs(await readSignature(path), path, loader, collector);
  loader.endFile(collector);
  const rowCount = loader.rowCount - before;
  if (rowCount === 0 && collector.problems.length === 0) {
    collector.add('empty', { message: 'the file holds no rows', hint: 'check the export, or remove the file' });
  }
  return rowCount;
}

/** A name may be wrong; the first bytes are not. */
async function readAs(
  signature: FileSignature | undefined,
  path: string,
  loader: TableLoader,
  collector: ProblemCollector,
): Promise<void> {
  const named = formatOf(path) ?? 'ndjson';
  if (signature === 'parquet' || signature === undefined) {
    const format = signature ?? (named === 'parquet' ? named : await textFormat(path, named));
    await readers[format](path, loader, collector);
    return;
  }
  collector.add('unreadable', {
    message: `the file is ${signature === 'zip' ? 'a zip archive (or Excel)' : `in the format ${signature}`}, whatever its name says`,
    hint: signature === 'zip' ? 'unpack it' : 'export it as .ndjson, .json, .csv or .parquet',
  });
}

function noteInferred(collector: ProblemCollector, loader: TableLoader): void {
  collector.add('schema', {
    key: 'inferred',
    message: `${loader.table} is no table that is known; its ${loader.columns.length} columns take their types from the data`,
    hint: 'name the file after its table (ApiManagementGatewayLogs.ndjson) where it is one',
  });
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  type Catalog,
  type ColumnDefinition,
  createMemoryTable,
  emptyBatch,
  externalTable,
  KqlError,
  type LoadedTables,
  parseSchema,
  rowsOf,
  type Schemas,
  type Surroundings,
} from '../../src/kql/index.ts';
import { readSavedFunctions, type SavedFunction, SavedFunctionError } from '../../src/sentinel/read-saved-function.ts';
import { readWatchlist, watchlistTable } from '../../src/sentinel/watchlists.ts';
import { inWorkspace, workspaceSchemas } from '../../src/sentinel/workspace.ts';
import { loadLogs, reportProblems } from '../load-logs.ts';
import { UsageError } from '../usage-error.ts';
import { openGeoDatabase } from './open-geo-database.ts';
import { type QuerySettings, readPair, type WorkspaceSettings } from './query-settings.ts';

export type Workspace = {
  readonly catalog: Catalog;
  /** Rows by table, of those that have any. */
  readonly rowCounts: ReadonlyMap<string, number>;
  /** Rows are missing, because a file could not be read in full; what was wrong has been said. */
  readonly isIncomplete: boolean;
};

type Tables = Map<string, ReturnType<typeof createMemoryTable>>;

/** The workspace that the options describe: logs, declared tables, saved functions, watchlists, files for externaldata. */
export async function openWorkspace(settings: QuerySettings, nowTicks: bigint): Promise<Workspace> {
  const { logs, schemas, surroundings } = await loadWorkspace(settings.data, settings, nowTicks);
  const { tables } = logs;
  const isIncomplete = reportProblems(logs);
  const catalog = inWorkspace({ tables, ...surroundings }, schemas);
  const rowCounts = new Map([...tables].map(([name, { rows }]) => [name, rows.rowCount]));
  return { catalog, rowCounts, isIncomplete };
}

/** What the options declare, whatever the logs hold. */
export type DeclaredWorkspace = {
  readonly schemas: Schemas;
  readonly surroundings: Surroundings;
};

export type LoadedWorkspace = DeclaredWorkspace & {
  /** With the watchlists among the tables. */
  readonly logs: LoadedTables;
};

export const declareWorkspace = (settings: WorkspaceSettings): DeclaredWorkspace => ({
  schemas: declaredSchemas(settings.schema),
  surroundings: {
    functions: savedFunctions(settings),
    externalData: externalFiles(settings.externalData),
    ...(settings.geoDatabase === undefined ? {} : { locateAddress: openGeoDatabase(settings.geoDatabase) }),
  },
});

/** Logs, declared tables, saved functions and watchlists, the latter uploaded at that time. */
export async function loadWorkspace(
  paths: readonly string[],
  settings: WorkspaceSettings,
  uploadedTicks: bigint,
): Promise<LoadedWorkspace> {
  const declared = declareWorkspace(settings);
  const logs = await loadLogs(paths, declared.schemas);
  return { ...declared, logs: withWatchlists(logs, settings, declared.schemas, uploadedTicks) };
}

/** The logs with the watchlists of the options among their tables. */
export function withWatchlists(
  logs: LoadedTables,
  { watchlist }: WorkspaceSettings,
  schemas: Schemas,
  uploadedTicks: bigint,
): LoadedTables {
  const tables: Tables = new Map(logs.tables);
  addWatchlists(watchlist, tables, schemas, uploadedTicks);
  return { ...logs, tables };
}

/** The known tables and the declared ones; columns that are declared of a known table are added to its own. */
function declaredSchemas(declarations: readonly string[]): Schemas {
  const schemas = new Map(workspaceSchemas);
  for (const declaration of declarations) {
    const [name, text] = readPair('--schema', declaration);
    const columns = usage(() => parseSchema(text));
    const known = (schemas.get(name) ?? []).filter((column) => columns.every((added) => added.name !== column.name));
    schemas.set(name, [...known, ...columns]);
  }
  return schemas;
}

function addWatchlists(pairs: readonly string[], tables: Tables, schemas: Schemas, uploadedTicks: bigint): void {
  if (pairs.length === 0) return;
  const columns = schemas.get('Watchlist') as readonly ColumnDefinition[];
  const known = tables.get('Watchlist') ?? createMemoryTable(emptyBatch(columns));
  const watchlists = pairs.map((pair) => {
    const [alias, path] = readPair('--watchlist', pair);
    return usage(() => readWatchlist(alias, readText('--watchlist', path), uploadedTicks));
  });
  tables.set('Watchlist', watchlistTable(watchlists, columns, rowsOf(known.rows)));
}

/** Functions by name: those of folders, then those given one by one, which go before. */
function savedFunctions({ functions, function: given }: WorkspaceSettings): ReadonlyMap<string, string> {
  const found = functions.flatMap((folder) => {
    if (!existsSync(folder))
      throw new UsageError(`there is no folder ${folder}`, 'name a folder of .kql or .yaml files');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(kql|ya?ml)$/i.test(name),
    );
    return names.sort().flatMap((name) => readFunctions('--functions', join(folder, name)));
  });
  const named = given.map((pair): SavedFunction => {
    const [name, path] = readPair('--function', pair);
    const [saved] = readFunctions('--function', path, name);
    return { name, text: saved?.text ?? '' };
  });
  return new Map([...found, ...named].map(({ name, text }) => [name, text]));
}

function readFunctions(option: string, path: string, name?: string): readonly SavedFunction[] {
  const fileName = name === undefined || /\.ya?ml$/i.test(path) ? basename(path) : `${name}.kql`;
  return usage(() => readSavedFunctions(fileName, readText(option, path)));
}

/** externaldata reads a file only where it is named for the address; a signature behind `;` is no part of it. */
function externalFiles(pairs: readonly string[]): NonNullable<Catalog['externalData']> {
  const allowed = new Map(pairs.map((pair) => readPair('--external-data', pair, 'last')));
  return (request) => {
    const path = allowed.get(request.uri) ?? allowed.get(request.uri.split(';')[0] ?? '');
    return path === undefined ? undefined : externalTable(readText('--external-data', path), request);
  };
}

function readText(option: string, path: string): string {
  try {
    const bytes = readFileSync(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch {
    throw new UsageError(`${option}: the file ${path} cannot be read`, 'check the path');
  }
}

/** What a file or an option says wrongly is wrong use. */
function usage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof KqlError) throw new UsageError(error.message, error.hint ?? '');
    if (error instanceof SavedFunctionError)
      throw new UsageError(error.message, 'a saved function is KQL, or a parser in YAML');
    throw error;
  }
}

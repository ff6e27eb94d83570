import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type InputProblem, ProblemCollector } from './input-problem.ts';

export type LogFormat = 'ndjson' | 'json' | 'csv' | 'parquet';

const formats: Readonly<Record<string, LogFormat>> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  json: 'json',
  csv: 'csv',
  parquet: 'parquet',
};

/** Endings of files that hold rows, and that are not read. */
const unreadFormats = ['avro', 'evtx', 'tsv', 'xlsx', 'zip'];

const endings = Object.keys(formats)
  .map((ending) => `.${ending}`)
  .join(', ');
const endingsHint = `log files end in ${endings}, each of the text formats also .gz`;

/** How a file is read, by its ending; each may be packed (.gz). Undefined for what is no log file. */
export function formatOf(path: string): LogFormat | undefined {
  const ending = endingOf(path);
  return Object.hasOwn(formats, ending) ? formats[ending] : undefined;
}

const endingOf = (path: string): string => basename(path).replace(/\.gz$/i, '').split('.').at(-1)?.toLowerCase() ?? '';

/** The log files under the paths, each once and sorted, and what stands in the way of reading others. */
export async function listLogFiles(
  paths: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly problems: readonly InputProblem[] }> {
  const found: Found[] = [];
  for (const path of paths) found.push(await listPath(path));
  const files = await eachOnce([...new Set(found.flatMap(({ files }) => files))].sort());
  return { files, problems: found.flatMap(({ problems }) => problems) };
}

/** A file that has several names (links, `..`, a path given twice) is one file: its rows count once. */
async function eachOnce(paths: readonly string[]): Promise<readonly string[]> {
  const byFile = new Map<string, string>();
  for (const path of paths) {
    // A link into nowhere is itself: reading it will say why.
    const file = await realpath(path).catch(() => path);
    if (!byFile.has(file)) byFile.set(file, path);
  }
  return [...byFile.values()];
}

type Found = { readonly files: readonly string[]; readonly problems: readonly InputProblem[] };

async function listPath(path: string): Promise<Found> {
  const collector = new ProblemCollector(path);
  let entries: readonly string[];
  try {
    if (!(await stat(path)).isDirectory()) return listFile(path);
    entries = await filesUnder(path);
  } catch (error) {
    collector.add('unreadable', {
      message: `the path cannot be read (${(error as Error).message})`,
      hint: 'check that it exists, and its permissions',
    });
    return { files: [], problems: collector.problems };
  }
  const files: string[] = [];
  for (const entry of entries) if (isLog(entry)) files.push(entry);
  const unread = entries.filter((entry) => unreadFormats.includes(endingOf(entry))).sort();
  const others =
    unread.length === 0 ? '' : `, but ${unread.length} in other formats, such as ${basename(unread[0] ?? '')}`;
  const hint = endingsHint;
  if (files.length === 0) collector.add('empty', { message: `the folder holds no log files${others}`, hint });
  else if (others !== '') collector.add('schema', { message: `the folder holds log files${others}: not read`, hint });
  return { files, problems: collector.problems };
}

function listFile(path: string): Found {
  if (formatOf(path) !== undefined) return { files: [path], problems: [] };
  const collector = new ProblemCollector(path);
  collector.add('unreadable', {
    message: 'the file has none of the endings of log files',
    hint: endingsHint,
  });
  return { files: [], problems: collector.problems };
}

/** The generator's list of injected attacks lies beside the logs and is no log. */
const isLog = (path: string): boolean => formatOf(path) !== undefined && basename(path) !== 'labels.json';

/** Folders of tools, in which no log lies. */
const isHidden = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/** All files of a folder and its subfolders, links followed, no folder entered twice. */
async function filesUnder(folder: string, entered = new Set<string>()): Promise<readonly string[]> {
  const real = await realpath(folder);
  if (entered.has(real)) return [];
  entered.add(real);
  const files: string[] = [];
  for (const { name } of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, name);
    if (!(await isFolder(path))) files.push(path);
    else if (!isHidden(name)) files.push(...(await filesUnder(path, entered)));
  }
  return files;
}

/** False for what cannot be looked at, such as a link into nowhere: reading it will say why. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

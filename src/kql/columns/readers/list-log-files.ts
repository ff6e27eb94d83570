import { readdir, stat } from 'node:fs/promises';
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
  const found = await Promise.all(paths.map(listPath));
  const files = new Set(found.flatMap(({ files }) => files));
  return { files: [...files].sort(), problems: found.flatMap(({ problems }) => problems) };
}

type Found = { readonly files: readonly string[]; readonly problems: readonly InputProblem[] };

async function listPath(path: string): Promise<Found> {
  const collector = new ProblemCollector(path);
  let entries: readonly string[];
  try {
    if (!(await stat(path)).isDirectory()) return listFile(path);
    entries = (await readdir(path, { recursive: true })).map((entry) => join(path, entry));
  } catch (error) {
    collector.add('unreadable', {
      message: `the path cannot be read (${(error as Error).message})`,
      hint: 'check that it exists, and its permissions',
    });
    return { files: [], problems: collector.problems };
  }
  const files: string[] = [];
  for (const entry of entries) if (isLog(entry) && !(await isFolder(entry))) files.push(entry);
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

/** False for what cannot be looked at, such as a link into nowhere: reading it will say why. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LogSourceError } from '../log-source-error.ts';
import type { Cell } from './query-service.ts';

/** Keeps fetched rows as log files, which a later replay reads with --data. */
export type RowSaver = {
  readonly write: (table: string, columns: readonly string[], rows: readonly (readonly Cell[])[]) => Promise<void>;
  /** Gives the files their names. Before it there are none. */
  readonly commit: () => Promise<void>;
  readonly discard: () => Promise<void>;
};

const ROWS_A_WRITE = 5_000;

/**
 * Saves to <folder>/<table>.ndjson, written aside and named at the end: what is there is whole.
 * @throws LogSourceError `save` where the folder holds files already, or cannot be written
 */
export async function openSaver(folder: string): Promise<RowSaver> {
  await checkEmpty(folder);
  const files = new Map<string, FileHandle>();
  const aside = (table: string): string => join(folder, `${table}.ndjson.partial`);
  const fileOf = async (table: string): Promise<FileHandle> => {
    const known = files.get(table);
    if (known !== undefined) return known;
    const file = await open(aside(table), 'wx');
    files.set(table, file);
    return file;
  };
  const close = async (): Promise<void> => {
    for (const file of files.values()) await file.close();
  };
  return {
    async write(table, columns, rows) {
      const file = await fileOf(table);
      for (let from = 0; from < rows.length; from += ROWS_A_WRITE) {
        const lines = rows.slice(from, from + ROWS_A_WRITE).map((row) => lineOf(columns, row));
        await file.appendFile(lines.join(''));
      }
    },
    async commit() {
      await close();
      for (const table of files.keys()) await rename(aside(table), join(folder, `${table}.ndjson`));
    },
    async discard() {
      await close();
      for (const table of files.keys()) await rm(aside(table), { force: true });
    },
  };
}

/** Empty texts and nulls are what a column has that is left out. */
const lineOf = (columns: readonly string[], row: readonly Cell[]): string => {
  const filled = columns.flatMap((name, index) => {
    const cell = row[index] ?? null;
    return cell === null || cell === '' ? [] : [[name, cell] as const];
  });
  return `${JSON.stringify(Object.fromEntries(filled))}\n`;
};

async function checkEmpty(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const [present] = await readdir(folder);
    if (present === undefined) return;
    throw new LogSourceError('save', `${folder} holds files already, such as ${present}`, 'name a new or empty folder');
  } catch (error) {
    if (error instanceof LogSourceError) throw error;
    throw new LogSourceError(
      'save',
      `${folder} cannot be written (${(error as Error).message})`,
      'name another folder',
      error,
    );
  }
}

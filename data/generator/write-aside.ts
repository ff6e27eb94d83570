import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GeneratorError } from './generator-error.ts';

export type WriteOptions = {
  /** Stops the writing; what was in the folder before stays. */
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how many rows of a table are written. */
  readonly onProgress?: ((table: string, rows: number) => void) | undefined;
};

export type WrittenTable = {
  readonly table: string;
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
};

/** What was written into the folder aside, and the text of the labels that belong to it. */
export type WrittenAside = { readonly tables: readonly WrittenTable[]; readonly labels: string };

const labelsFile = 'labels.json';

/**
 * Writes tables and labels into a folder, which is made where it is missing. Everything is written aside first and then
 * moved in, the labels last: a folder with labels holds the whole month they belong to, and nothing half-written is ever
 * seen under a final name.
 *
 * @throws GeneratorError `unwritable`, or `cancelled` through the signal.
 */
export async function writeAside<T extends WrittenAside>(
  directory: string,
  signal: AbortSignal | undefined,
  write: (aside: string) => Promise<T>,
): Promise<T> {
  try {
    await mkdir(directory, { recursive: true });
    const aside = await mkdtemp(join(directory, '.partial-'));
    try {
      const written = await write(aside);
      await writeFile(join(aside, labelsFile), written.labels);
      signal?.throwIfAborted();
      await moveIn(aside, directory, written.tables);
      return written;
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } catch (error) {
    throw signal?.aborted === true ? cancelled(error) : unwritable(directory, error);
  }
}

async function moveIn(aside: string, directory: string, tables: readonly WrittenTable[]): Promise<void> {
  await rm(join(directory, labelsFile), { force: true });
  for (const { file } of tables) {
    await rename(join(aside, file), join(directory, file));
  }
  await rename(join(aside, labelsFile), join(directory, labelsFile));
}

function cancelled(cause: unknown): GeneratorError {
  return new GeneratorError('cancelled', 'writing was cancelled', 'The folder is as it was. Start again.', cause);
}

function unwritable(directory: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  if (cause instanceof GeneratorError || code === undefined) {
    return cause;
  }
  return new GeneratorError(
    'unwritable',
    `cannot write to ${directory} (${code})`,
    'Name a folder that can be written to and has room: 25 MB for the sample month, 250 MB for two million requests.',
    cause,
  );
}

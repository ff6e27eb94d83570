import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { generateMonth, type MonthOptions, type SampleMonth } from './generate-month.ts';
import { GeneratorError } from './generator-error.ts';
import type { Rows } from './row.ts';

export type WriteOptions = MonthOptions & {
  /** Stops the writing; what was in the folder before stays. */
  readonly signal?: AbortSignal;
  /** Told now and then how many rows of a table are written. */
  readonly onProgress?: (table: string, rows: number) => void;
};

export type WrittenTable = {
  readonly table: string;
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
};

export type WrittenSample = { readonly tables: readonly WrittenTable[]; readonly month: SampleMonth };

const labelsFile = 'labels.json';
const chunkCharacters = 1 << 18;
/** Level 1 costs a tenth more time than no compression and makes the files eleven times smaller. */
const gzipOptions = { level: 1, chunkSize: 1 << 18 };

/**
 * Generates the sample month and writes `<Table>.ndjson.gz` for each table and `labels.json` into a folder, which is
 * made where it is missing. Everything is written aside first and then moved in, the labels last: a folder with labels
 * holds the whole month they belong to, and nothing half-written is ever seen under a final name.
 *
 * @throws GeneratorError `bad-seed`, `unwritable`, or `cancelled` through the signal.
 */
export async function writeSampleLogs(directory: string, options: WriteOptions): Promise<WrittenSample> {
  const month = generateMonth(options);
  try {
    await mkdir(directory, { recursive: true });
    const aside = await mkdtemp(join(directory, '.partial-'));
    try {
      const tables = await writeTables(aside, month, options);
      await writeFile(join(aside, labelsFile), labelsText(month));
      options.signal?.throwIfAborted();
      await moveIn(aside, directory, tables);
      return { tables, month };
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } catch (error) {
    throw options.signal?.aborted === true ? cancelled(error) : unwritable(directory, error);
  }
}

async function writeTables(aside: string, month: SampleMonth, options: WriteOptions): Promise<WrittenTable[]> {
  const written: WrittenTable[] = [];
  for (const [table, rows] of month.tables) {
    const file = `${table}.ndjson.gz`;
    const path = join(aside, file);
    let count = 0;
    const onRows = (total: number): void => {
      count = total;
      options.onProgress?.(table, total);
    };
    const target = createWriteStream(path);
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    await pipeline(Readable.from(linesInChunks(rows, onRows)), createGzip(gzipOptions), target, signal);
    written.push({ table, file, rows: count, bytes: (await stat(path)).size });
  }
  return written;
}

function* linesInChunks(rows: Rows, onRows: (total: number) => void): Generator<Buffer> {
  let text = '';
  let total = 0;
  for (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    total++;
    if (text.length >= chunkCharacters) {
      yield Buffer.from(text);
      text = '';
      onRows(total);
    }
  }
  yield Buffer.from(text);
  onRows(total);
}

async function moveIn(aside: string, directory: string, tables: readonly WrittenTable[]): Promise<void> {
  await rm(join(directory, labelsFile), { force: true });
  for (const { file } of tables) {
    await rename(join(aside, file), join(directory, file));
  }
  await rename(join(aside, labelsFile), join(directory, labelsFile));
}

function labelsText({ seed, from, until, labels }: SampleMonth): string {
  return `${JSON.stringify({ seed, from, until, attacks: labels }, null, 2)}\n`;
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
    'Name a folder that can be written to and has 25 MB of room.',
    cause,
  );
}

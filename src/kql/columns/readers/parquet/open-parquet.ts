import { type FileHandle, open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { compressors as allCompressors } from 'hyparquet-compressors';

/** An open Parquet file: what it holds is known, nothing of it is read yet. */
export type ParquetFile = {
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  /** The top-level columns with the types that the file states. */
  readonly columns: readonly SchemaTree[];
  readonly close: () => Promise<void>;
};

/** A file that is no Parquet file, or a broken one; the message says which. */
export class ParquetError extends Error {
  override readonly name = 'ParquetError';
}

/** Opens the file and reads its footer; undefined for an empty file. @throws ParquetError, and what the file system throws */
export async function openParquet(path: string): Promise<ParquetFile | undefined> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size === 0) {
      await handle.close();
      return undefined;
    }
    await checkMagic(handle, size);
    const buffer: AsyncBuffer = { byteLength: size, slice: (start, end = size) => readSlice(handle, start, end) };
    const metadata = await parquetMetadataAsync(buffer, { parsers: rawParsers, geoparquet: false });
    const { children } = parquetSchema(metadata);
    return { buffer, metadata: withoutDecimals(metadata), columns: children, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    if (error instanceof ParquetError || isSystemError(error)) throw error;
    throw new ParquetError(`its footer is damaged (${describe(error)})`, { cause: error });
  }
}

export const isSystemError = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.syscall !== undefined;

/** What the library says of a broken file, without its name in front. */
export const describe = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^parquet (?:file )?/i, '').slice(0, 200);

const MAGIC_BYTES = 4;

async function checkMagic(handle: FileHandle, size: number): Promise<void> {
  const ends = Buffer.alloc(2 * MAGIC_BYTES);
  await handle.read(ends, 0, MAGIC_BYTES, 0);
  if (size >= 3 * MAGIC_BYTES) await handle.read(ends, MAGIC_BYTES, MAGIC_BYTES, size - MAGIC_BYTES);
  const [head, foot] = [ends.toString('latin1', 0, MAGIC_BYTES), ends.toString('latin1', MAGIC_BYTES)];
  if (head === 'PARE' || foot === 'PARE') throw new ParquetError('it is encrypted');
  if (head !== 'PAR1') throw new ParquetError('it does not begin as a Parquet file does');
  if (foot !== 'PAR1') throw new ParquetError('it ends before its footer, so it is cut off');
}

async function readSlice(handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) throw new ParquetError('it ends before its data does');
    done += bytesRead;
  }
  return bytes.buffer;
}

/** Decimals are taken as they are stored: the library would make doubles of them, which lose digits. */
const withoutDecimals = (metadata: FileMetaData): FileMetaData => ({
  ...metadata,
  schema: metadata.schema.map((element) => {
    const { converted_type: converted, logical_type: logical, ...rest } = element;
    return converted === 'DECIMAL' || logical?.type === 'DECIMAL' ? rest : element;
  }),
});

const same = <T>(value: T): T => value;
const textFromBytes = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();

/** Times and JSON as they are stored: a Date would lose what is below a millisecond, a JSON number its digits. */
export const rawParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: same,
  timestampFromMicroseconds: same,
  timestampFromNanoseconds: same,
  dateFromDays: same,
  stringFromBytes: textFromBytes,
  jsonFromBytes: textFromBytes,
};

/** A page is a megabyte as a rule; a file that asks for more than this at a time asks for the memory. */
const MAX_PAGE_BYTES = 512 * 1024 * 1024;

type Decompress = (input: Uint8Array, outputLength: number) => Uint8Array;

/** Node's own gzip and brotli are faster than those in JavaScript. */
const native: Readonly<Record<string, Decompress>> = {
  GZIP: (input, outputLength) => gunzipSync(input, { maxOutputLength: Math.max(1, outputLength) }),
  BROTLI: (input, outputLength) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, outputLength) }),
};

export const compressors: Compressors = Object.fromEntries(
  Object.entries({ ...allCompressors, ...native }).map(([codec, decompress]) => [
    codec,
    limited(decompress as Decompress),
  ]),
);

function limited(decompress: Decompress): Decompress {
  return (input, outputLength) => {
    if (outputLength > MAX_PAGE_BYTES) throw new ParquetError(`a page of ${outputLength} bytes is none of a log`);
    return decompress(input, outputLength);
  };
}

import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { CompressionCodec, SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';

export type ParquetSource = Parameters<typeof parquetWriteBuffer>[0];

/** 2026-03-24T10:20:00Z in milliseconds since 1970. */
export const atMs = 1_774_347_600_000;

export const parquet = (source: ParquetSource): Buffer => Buffer.from(parquetWriteBuffer(source));

/** A file of flat columns whose types are given as the format itself names them. */
export const flatParquet = (
  columns: readonly { readonly element: SchemaElement; readonly data: readonly unknown[] }[],
  options: Omit<ParquetSource, 'columnData' | 'schema'> = {},
): Buffer =>
  parquet({
    ...options,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(({ element }) => element)],
    columnData: columns.map(({ element, data }) => ({ name: element.name, data: [...data] })),
  });

export const optional = (name: string, element: Omit<SchemaElement, 'name' | 'repetition_type'>): SchemaElement => ({
  name,
  repetition_type: 'OPTIONAL',
  ...element,
});

/** LZ4 and zstd of bytes that are stored and not shortened: what a compressor may write, too. */
const storedZstd = (bytes: Uint8Array): Uint8Array => {
  // A frame with a single segment: its size in 4 bytes, one raw block that is the last.
  const header = Buffer.alloc(4 + 1 + 4 + 3);
  header.writeUInt32LE(0xfd2fb528, 0);
  header[4] = 0b1010_0000;
  header.writeUInt32LE(bytes.length, 5);
  header.writeUIntLE((bytes.length << 3) | 1, 9, 3);
  return Buffer.concat([header, bytes]);
};

const storedLz4 = (bytes: Uint8Array): Uint8Array => {
  const lengths: number[] = [];
  for (let rest = bytes.length - 15; rest >= 0; rest -= 255) lengths.push(Math.min(rest, 255));
  if (lengths.at(-1) === 255) lengths.push(0);
  return Buffer.concat([Buffer.from([Math.min(bytes.length, 15) << 4, ...lengths]), bytes]);
};

export const codecs: Readonly<Partial<Record<CompressionCodec, (bytes: Uint8Array) => Uint8Array>>> = {
  GZIP: (bytes) => gzipSync(bytes),
  BROTLI: (bytes) => brotliCompressSync(bytes),
  ZSTD: storedZstd,
  LZ4_RAW: storedLz4,
};

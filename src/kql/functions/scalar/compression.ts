import { deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { base64Bytes, utf8Text } from '../../values/bytes.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** The headers that the service writes: no time, no name, operating system unknown; zlib at its fastest. */
const GZIP_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
const ZLIB_HEADER = Uint8Array.of(0x78, 0x01);
const GZIP_HEADER_BYTES = 10;
const GZIP_TRAILER_BYTES = 8;
const ZLIB_TRAILER_BYTES = 4;

/**
 * The service's compressor opens each block with a code table of about this size, so it stores short texts as they
 * are. Longer ones are compressed here by zlib: other bytes than the service's, which decompress to the same text.
 */
const CODE_TABLE_BYTES = 109;

/** No log value is larger; a bomb stops here. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

function deflateBody(bytes: Uint8Array): Uint8Array {
  const stored = deflateRawSync(bytes, { level: 0 });
  const compressed = deflateRawSync(bytes);
  return stored.length <= compressed.length + CODE_TABLE_BYTES ? stored : compressed;
}

function compress(text: string, format: 'gzip' | 'zlib'): string {
  const bytes = Buffer.from(text);
  const body = deflateBody(bytes);
  const parts =
    format === 'gzip'
      ? [GZIP_HEADER, body, gzipSync(bytes).subarray(-GZIP_TRAILER_BYTES)]
      : [ZLIB_HEADER, body, deflateSync(bytes).subarray(-ZLIB_TRAILER_BYTES)];
  return Buffer.concat(parts).toString('base64');
}

function decompress(text: string, format: 'gzip' | 'zlib'): string | null {
  const bytes = base64Bytes(text);
  if (bytes === undefined) return null;
  const hasOptionalHeader = bytes.length < GZIP_HEADER_BYTES || bytes[3] !== 0;
  if (format === 'gzip' && hasOptionalHeader) return null;
  try {
    const inflate = format === 'gzip' ? gunzipSync : inflateSync;
    return utf8Text(inflate(bytes, { maxOutputLength: MAX_OUTPUT_BYTES })) ?? null;
  } catch {
    return null;
  }
}

function pair(format: 'gzip' | 'zlib'): readonly ScalarFunction[] {
  const compressName = `${format}_compress_to_base64_string`;
  const decompressName = `${format}_decompress_from_base64_string`;
  return [
    singleOverload(
      {
        name: compressName,
        signature: `${compressName}(string: string): string`,
        summary: `A text compressed with ${format}, in Base64.`,
        page: format === 'gzip' ? 'gzip-base64-compress' : 'zlib-base64-compress-function',
      },
      ['string'],
      'string',
      { evaluate: (text: string) => compress(text, format) },
    ),
    singleOverload(
      {
        name: decompressName,
        signature: `${decompressName}(string: string): string`,
        summary: `The text that was compressed with ${format} and written in Base64; empty where it was not.`,
        page: format === 'gzip' ? 'gzip-base64-decompress' : 'zlib-base64-decompress-function',
      },
      ['string'],
      'string',
      { evaluate: (text: string) => decompress(text, format) },
    ),
  ];
}

export const compressions: readonly ScalarFunction[] = [...pair('gzip'), ...pair('zlib')];

import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable, TransformOptions } from 'node:stream';
import { createGunzip, type ZlibOptions } from 'node:zlib';
import type { ProblemCollector } from './input-problem.ts';

// Strings of less than a megabyte lie in the heap of the engine, where reading a letter is cheapest.
const CHUNK_BYTES = 960 * 1024;

/** A line that is longer than this is no line of a log; it would not fit a string either. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

const NEWLINE = 10;

/** A piece of a file's text that ends where a line ends; `bytes` are the same, one a character, where it is ASCII. */
export type Block = { readonly text: string; readonly bytes: Buffer | undefined };

/**
 * The text of a file in blocks of whole lines, unpacked where it is gzip whatever its name says. After a fault (a
 * truncated .gz, a disk error) nothing more comes: the fault is reported, and everything before it has been handed out.
 */
export async function* readBlocks(path: string, problems: ProblemCollector): AsyncGenerator<Block> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of readChunks(path, problems)) {
    const lineEnd = chunk.lastIndexOf(NEWLINE) + 1;
    if (lineEnd > 0) {
      yield blockOf(
        rest.length === 0 ? chunk.subarray(0, lineEnd) : Buffer.concat([...rest, chunk.subarray(0, lineEnd)]),
      );
      rest = [];
      restBytes = 0;
    }
    if (lineEnd < chunk.length) rest.push(chunk.subarray(lineEnd));
    restBytes += chunk.length - lineEnd;
    if (restBytes > MAX_LINE_BYTES) {
      problems.add('unreadable', {
        message: `a line is longer than ${MAX_LINE_BYTES / 1024 / 1024} MB; it and what follows is left out`,
        hint: 'export one row a line; a binary file is no log',
      });
      return;
    }
  }
  if (restBytes > 0) yield blockOf(Buffer.concat(rest));
}

function blockOf(bytes: Buffer): Block {
  return isAscii(bytes) ? { text: bytes.toString('latin1'), bytes } : { text: bytes.toString(), bytes: undefined };
}

/** The file's bytes as UTF-8 without a byte order mark. */
async function* readChunks(path: string, problems: ProblemCollector): AsyncGenerator<Buffer> {
  try {
    const chunks = await openFile(path);
    let decode: ((chunk: Buffer) => Buffer) | undefined;
    for await (const chunk of chunks) {
      const bytes = chunk as Buffer;
      decode ??= decoderFor(bytes);
      yield decode(bytes);
    }
  } catch (error) {
    reportFault(error, problems);
  }
}

async function openFile(path: string): Promise<Readable> {
  const isPacked = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (!isPacked) return file;
  // Unpacking runs in another thread: with room for a few chunks it goes on while rows are read.
  const options: ZlibOptions & TransformOptions = { chunkSize: CHUNK_BYTES, readableHighWaterMark: 8 * CHUNK_BYTES };
  const gunzip = createGunzip(options);
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

/** By its first bytes; by its name where there are none to judge by. */
async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return path.endsWith('.gz') ? bytesRead > 0 : bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** How the chunks of a file become UTF-8, by the byte order mark of the first: PowerShell writes UTF-16 by default. */
function decoderFor(first: Buffer): (chunk: Buffer) => Buffer {
  const encoding = first[0] === 0xff && first[1] === 0xfe ? 'utf-16le' : 'utf-16be';
  if (encoding === 'utf-16le' || (first[0] === 0xfe && first[1] === 0xff)) {
    const decoder = new TextDecoder(encoding);
    return (chunk) => Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  let isFirst = true;
  return (chunk) => {
    const hasMark = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    isFirst = false;
    return hasMark ? chunk.subarray(3) : chunk;
  };
}

function reportFault(error: unknown, problems: ProblemCollector): void {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reason = error instanceof Error ? error.message : String(error);
  if (code === 'Z_BUF_ERROR') {
    problems.add('truncated', {
      message: 'the .gz ends before its data does; the lines before the cut are used',
      hint: 'copy or export the file again',
    });
  } else if (code.startsWith('Z_')) {
    problems.add('unreadable', {
      message: `the .gz cannot be unpacked (${reason}); the lines before the fault are used`,
      hint: 'check that the file is gzip, or export it again',
    });
  } else {
    problems.add('unreadable', {
      message: `the file cannot be read (${reason})`,
      hint: 'check the path and its permissions',
    });
  }
}

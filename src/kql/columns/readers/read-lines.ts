import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ProblemCollector } from './input-problem.ts';

/** The file's bytes, unpacked where its name ends in .gz. */
function openFile(path: string): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  if (!path.endsWith('.gz')) return file;
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

/** The file's text in pieces; what follows a fault (a truncated .gz, a disk error) is reported and everything before it used. */
export async function* readText(path: string, problems: ProblemCollector): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  try {
    for await (const chunk of openFile(path)) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const reason = error instanceof Error ? error.message : String(error);
    if (code === 'Z_BUF_ERROR') {
      problems.add('truncated', '', {
        message: 'the .gz ends before its data does; the lines before the cut are used',
        hint: 'copy or export the file again',
      });
    } else if (code.startsWith('Z_')) {
      problems.add('unreadable', '', {
        message: `the .gz cannot be unpacked (${reason}); the lines before the fault are used`,
        hint: 'check that the file is gzip, or export it again',
      });
    } else {
      problems.add('unreadable', '', {
        message: `the file cannot be read (${reason})`,
        hint: 'check the path and its permissions',
      });
    }
  }
}

/** The lines of a file, without their ends. */
export async function* readLines(path: string, problems: ProblemCollector): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const text of readText(path, problems)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  if (rest !== '') yield [rest];
}

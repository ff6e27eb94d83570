import type { ProblemCollector } from './input-problem.ts';
import { ObjectReader, reportNoRow } from './object-reader.ts';
import { type Block, readBlocks } from './read-blocks.ts';
import { NotAnObject } from './scan-object.ts';
import type { TableLoader } from './table-loader.ts';

/** Event Hubs hands out Data Export's rows in messages of this form; in a storage account each row is a line. */
const messageStart = /\{\s*"records"\s*:\s*\[/y;

/** Adds the rows of a file with one JSON object a line; a line that is none is reported and left out. */
export async function readNdjson(path: string, loader: TableLoader, problems: ProblemCollector): Promise<void> {
  await readLines(readBlocks(path, problems), loader, problems);
}

export async function readLines(
  blocks: AsyncIterable<Block>,
  loader: TableLoader,
  problems: ProblemCollector,
): Promise<void> {
  const reader = new LineReader(loader, problems);
  for await (const block of blocks) reader.read(block);
}

class LineReader {
  private readonly problems: ProblemCollector;
  private readonly objects: ObjectReader;
  private line = 0;

  constructor(loader: TableLoader, problems: ProblemCollector) {
    this.problems = problems;
    this.objects = new ObjectReader(loader, problems);
  }

  read(block: Block): void {
    const { text } = block;
    this.objects.open(block);
    for (let at = 0; at < text.length; ) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      this.line++;
      this.readLine(text, at, end);
      at = end + 1;
    }
  }

  private readLine(text: string, start: number, end: number): void {
    try {
      const items = startOfItems(text, start);
      if (items < 0) this.objects.readOnly(start, end, this.line);
      else this.readMessage(text, items, end);
    } catch (error) {
      if (!(error instanceof NotAnObject)) throw error;
      const line = text.slice(start, end);
      const isRest = end === text.length && this.problems.isCutOff;
      if (!isRest && line.trim() !== '') this.report(line, error.message, error.at - start);
    }
  }

  private readMessage(text: string, start: number, end: number): void {
    const after = this.objects.readItems(text, start, end, () => this.line);
    if (!/^\s*\}\s*$/.test(text.slice(after, end))) throw new NotAnObject("'}' and no more", after);
  }

  private report(line: string, reason: string, at: number): void {
    if (isJson(line)) {
      reportNoRow(line.trim(), this.line, this.problems);
      return;
    }
    this.problems.add('not-json', {
      line: this.line,
      message: `the line is no JSON object: ${reason} at column ${Math.min(at, line.length) + 1}; it is left out`,
      hint: 'one JSON object stands on each line of an .ndjson file',
    });
  }
}

/** Where the rows of a message begin, or -1 where the line is none. Most lines are told apart by their third letter. */
function startOfItems(text: string, start: number): number {
  const third = text.charCodeAt(start + 2);
  if (third !== 114 && third !== 34) return -1;
  messageStart.lastIndex = start;
  return messageStart.test(text) ? messageStart.lastIndex : -1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

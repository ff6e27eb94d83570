import { ProblemCollector } from './input-problem.ts';
import type { LogFormat } from './list-log-files.ts';
import { readBlocks } from './read-blocks.ts';

/** So much of a file tells its format. */
const PEEK_CHARACTERS = 65_536;

/** A line of names with commas between them, quoted or not: what a CSV file begins with and JSON never does. */
const csvHeader = /^(?:"[\w .[\]-]+"|[\w .[\]-]+)(?:,(?:"[\w .[\]-]+"|[\w .[\]-]+))+$/;

/** An array over more than one line, which no line of an .ndjson file begins. */
const openArray = /^\s*\[\s*(?:$|\{.*[^\]]$)/;

/**
 * The format of a file of text: what its ending says, unless it begins in a way that this format never does. Exports are
 * renamed, and a shell's `>` takes any name.
 */
export async function textFormat(path: string, named: LogFormat): Promise<LogFormat> {
  const firstLine = await peekLine(path);
  if (named === 'csv') return /^\s*[{[]/.test(firstLine) ? 'json' : 'csv';
  if (csvHeader.test(firstLine)) return 'csv';
  return named === 'ndjson' && openArray.test(firstLine) ? 'json' : named;
}

/** The first line that is not empty; '' for what cannot be read, which the reader will say. */
async function peekLine(path: string): Promise<string> {
  for await (const { text } of readBlocks(path, new ProblemCollector(path))) {
    const line = text.slice(0, PEEK_CHARACTERS).trimStart().split(/\r?\n/, 1)[0] ?? '';
    return line.trimEnd();
  }
  return '';
}

import { CsvError, parse } from 'csv-parse';
import type { ProblemCollector } from './input-problem.ts';
import { readText } from './read-lines.ts';
import type { TableLoader } from './table-loader.ts';

/**
 * Adds the rows of a .csv file with a header (RFC 4180), as the portal exports it. The portal writes the time zone into
 * some names (`TimeGenerated [UTC]`); it is taken off.
 */
export async function readCsv(path: string, loader: TableLoader, problems: ProblemCollector): Promise<void> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
  const feeding = feed(path, parser, problems);
  let header: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (header === undefined) {
        header = record.map((name) => name.replace(/ \[.*\]$/, '').trim());
        continue;
      }
      addRecord(header, record, info.lines, loader, problems);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problems.add('not-csv', '', {
      line: (error as CsvError & { lines?: number }).lines ?? 1,
      message: `the file is no CSV from here on (${error.code})`,
      hint: 'quote fields that hold quotes, commas or line breaks (RFC 4180)',
    });
  }
  await feeding;
}

async function feed(path: string, parser: ReturnType<typeof parse>, problems: ProblemCollector): Promise<void> {
  for await (const text of readText(path, problems)) {
    if (parser.destroyed) return;
    if (!parser.write(text)) await new Promise<void>((resolve) => onceWritable(parser, resolve));
  }
  parser.end();
}

/** Resolves on drain, or when the parser is gone and will never drain. */
function onceWritable(parser: ReturnType<typeof parse>, resolve: () => void): void {
  parser.once('drain', resolve);
  parser.once('close', resolve);
  parser.once('error', () => resolve());
}

function addRecord(
  header: readonly string[],
  record: readonly string[],
  line: number,
  loader: TableLoader,
  problems: ProblemCollector,
): void {
  if (record.length !== header.length) {
    problems.add('not-a-row', '', {
      line,
      message: `the line has ${record.length} fields, the header ${header.length}; it is left out`,
      hint: 'every line of a CSV file has as many fields as its header',
    });
    return;
  }
  loader.addRow(line, problems, (onCell) => {
    for (const [index, name] of header.entries())
      onCell(name, () => ({ text: record[index] as string, isString: true }));
  });
}

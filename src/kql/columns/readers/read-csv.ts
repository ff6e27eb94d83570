import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { Cell } from './cell.ts';
import type { ProblemCollector } from './input-problem.ts';
import { readBlocks } from './read-blocks.ts';
import type { Slot, TableLoader } from './table-loader.ts';

/** Adds the rows of a .csv file with a header (RFC 4180), as the portal exports it. */
export async function readCsv(path: string, loader: TableLoader, problems: ProblemCollector): Promise<void> {
  const records = new RecordReader(loader, problems);
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    // Records are taken here, where they are made, and not from the stream: that would be twice the work.
    on_record: (record: readonly string[], { lines }) => {
      records.read(record, lines);
      return null;
    },
  });
  parser.on('skip', (error: Error) => records.reportFault(error));
  parser.resume();
  await pipeline(textOf(path, problems, records), parser);
}

async function* textOf(path: string, problems: ProblemCollector, records: RecordReader): AsyncGenerator<string> {
  for await (const { text } of readBlocks(path, problems)) {
    // What is left of a line at the end of a file that was cut off is no row.
    if (records.isRefused || (problems.isCutOff && !text.endsWith('\n'))) return;
    yield text;
  }
}

/** The portal writes the time zone behind the name of a time: `TimeGenerated [UTC]`. */
const zonedName = /^(.*?)\s*\[([^\]]*)\]$/;

class RecordReader {
  private readonly loader: TableLoader;
  private readonly problems: ProblemCollector;
  private readonly cell = new Cell();
  private slots: readonly (Slot | undefined)[] | undefined;
  private lastLine = 0;
  /** The header cannot be used, and so no row can. */
  isRefused = false;

  constructor(loader: TableLoader, problems: ProblemCollector) {
    this.loader = loader;
    this.problems = problems;
  }

  /** Takes the header first, then rows; `endLine` is where the record ends. */
  read(record: readonly string[], endLine: number): void {
    this.lastLine = endLine;
    if (this.isRefused) return;
    if (this.slots === undefined) this.readHeader(record);
    else this.readRow(record, this.slots, endLine - lineBreaksIn(record));
  }

  private readHeader(header: readonly string[]): void {
    const zoned = header.find((name) => !/^(?:UTC|)$/.test(zonedName.exec(name)?.[2] ?? ''));
    if (zoned !== undefined) {
      this.isRefused = true;
      this.problems.add('time-zone', {
        line: 1,
        message: `the times of ${JSON.stringify(zoned)} are not in UTC; the file is left out`,
        hint: 'set the time zone of the portal to UTC and export again',
      });
      return;
    }
    const names = header.map((name) => (zonedName.exec(name)?.[1] ?? name).trim());
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      this.problems.add('schema', {
        key: 'twice',
        line: 1,
        message: `the header names ${JSON.stringify(twice)} twice; the last is used`,
        hint: 'export each column once',
      });
    }
    this.slots = names.map((name) => this.loader.resolve(name));
  }

  private readRow(record: readonly string[], slots: readonly (Slot | undefined)[], line: number): void {
    if (record.length !== slots.length) {
      this.problems.add('not-a-row', {
        line,
        message: `the line has ${record.length} fields, the header ${slots.length}; it is left out`,
        hint: 'every line of a CSV file has as many fields as its header; quote fields that hold commas',
      });
      return;
    }
    for (const [index, slot] of slots.entries()) {
      if (slot !== undefined) this.loader.put(slot, this.cell.set(record[index] as string, true));
    }
    this.loader.endRow(this.problems, line);
  }

  /** A record that the parser gave up. */
  reportFault(error: Error): void {
    // The parser passes on what our own code throws, too.
    if (!(error instanceof CsvError)) throw error;
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED';
    const { lines } = error as CsvError & { readonly lines?: number };
    this.problems.add('not-csv', {
      key: isOpen ? 'open' : 'stray',
      line: isOpen ? this.lastLine + 1 : lines,
      message: isOpen
        ? 'a quote that opens here is never closed; what follows is left out'
        : 'a quote stands inside a field; the line is left out',
      hint: 'quote fields that hold quotes, commas or line breaks, and double the quotes in them (RFC 4180)',
    });
  }
}

/** How many lines a record has besides its last one. */
const lineBreaksIn = (record: readonly string[]): number =>
  record.reduce((sum, field) => sum + (field.includes('\n') ? field.split('\n').length - 1 : 0), 0);

import type { ProblemCollector } from './input-problem.ts';
import type { Block } from './read-blocks.ts';
import { NotAnObject, ObjectScanner } from './scan-object.ts';
import type { Slot, TableLoader } from './table-loader.ts';

const COMMA = 44;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;

/** Puts JSON objects into a table as rows. */
export class ObjectReader {
  private readonly loader: TableLoader;
  private readonly problems: ProblemCollector;
  private readonly scanner: ObjectScanner<Slot>;

  constructor(loader: TableLoader, problems: ProblemCollector) {
    this.loader = loader;
    this.problems = problems;
    this.scanner = new ObjectScanner(loader);
  }

  open({ text, bytes }: Block): void {
    this.scanner.open(text, bytes);
  }

  /**
   * Adds the object that stands alone between the offsets as a row.
   * @throws NotAnObject, and nothing of the row is kept
   */
  readOnly(start: number, end: number, line: number): void {
    const after = this.scan(start, end);
    if (after < end) {
      this.loader.abandonRow();
      throw new NotAnObject('nothing after the object', after);
    }
    this.loader.endRow(this.problems, line);
  }

  /** The offset after the object and the space that follows; its cells are put, and the row is not ended yet. */
  private scan(start: number, end: number): number {
    try {
      return this.scanner.skipSpace(this.scanner.scan(start, end));
    } catch (error) {
      this.loader.abandonRow();
      throw error;
    }
  }

  /**
   * Adds the objects of an array, whose first item begins at `start`, as rows; returns the offset after the bracket.
   * Items that are no objects are reported and left out.
   * @throws NotAnObject where the text is no JSON any more; the rows before it are kept
   */
  readItems(text: string, start: number, end: number, lineOf: (at: number) => number): number {
    let at = this.scanner.skipSpace(start);
    if (text.charCodeAt(at) === CLOSE_BRACKET && at < end) return at + 1;
    for (;;) {
      if (text.charCodeAt(at) === OPEN_BRACE) {
        const line = lineOf(at);
        at = this.scan(at, end);
        this.loader.endRow(this.problems, line);
      } else {
        const after = this.scanner.skipValue(at, end);
        reportNoRow(text.slice(at, after), lineOf(at), this.problems);
        at = this.scanner.skipSpace(after);
      }
      const code = at < end ? text.charCodeAt(at) : 0;
      if (code === CLOSE_BRACKET) return at + 1;
      if (code !== COMMA) throw new NotAnObject("',' or ']'", at);
      at = this.scanner.skipSpace(at + 1);
    }
  }
}

/** A JSON value stands where a row should. */
export function reportNoRow(json: string, line: number, problems: ProblemCollector): void {
  const kind = json.startsWith('[') ? 'an array' : json.startsWith('"') ? 'a text' : `the value ${json.slice(0, 20)}`;
  problems.add('not-a-row', {
    line,
    message: `${kind} stands where a row should; it is left out`,
    hint: json.startsWith('[')
      ? 'a row is an object of column names and values; give a file that is one array the ending .json'
      : 'a row is an object of column names and values',
  });
}

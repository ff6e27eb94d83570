/**
 * The current cell of a reader: a stretch of the text that is being read, not yet copied or parsed. A reader uses one
 * object for all its cells, so a cell is valid only until the reader goes on.
 */
export class Cell {
  text = '';
  start = 0;
  end = 0;
  /** Written as text: a JSON string, or a field of CSV. */
  isString = false;
  /** A JSON string with escapes in it, so that the stretch is not the value itself. */
  isEscaped = false;
  /** The text as bytes, one a character, where it is ASCII. */
  bytes: Buffer | undefined;

  /** A cell that is a whole text of its own. */
  set(text: string, isString: boolean): this {
    this.text = text;
    this.start = 0;
    this.end = text.length;
    this.isString = isString;
    this.isEscaped = false;
    this.bytes = undefined;
    return this;
  }

  /** JSON's null: no value. */
  get isNull(): boolean {
    return !this.isString && this.text.charCodeAt(this.start) === 110;
  }

  /** What the cell says, for use while the reader stands here. Throws a SyntaxError for an escape that JSON lacks. */
  value(): string {
    if (this.isEscaped) return JSON.parse(this.text.slice(this.start - 1, this.end + 1)) as string;
    return this.text.slice(this.start, this.end);
  }

  /**
   * The value as a string of its own, to be kept. A slice would keep the whole text alive that it is a part of: of a
   * month of logs all of it.
   */
  copy(): string {
    if (this.isEscaped) return this.value();
    if (this.start === 0 && this.end === this.text.length) return this.text;
    return this.bytes === undefined
      ? Buffer.from(this.text.slice(this.start, this.end)).toString()
      : this.bytes.toString('latin1', this.start, this.end);
  }

  /** Whether the stretch reads as `known`, letter by letter. */
  reads(known: string): boolean {
    return this.end - this.start === known.length && this.text.startsWith(known, this.start);
  }
}

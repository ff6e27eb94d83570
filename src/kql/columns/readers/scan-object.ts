import { Cell } from './cell.ts';

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** How many fields of an object are remembered in their order. */
const MAX_SHAPE = 1000;
/** How many fields that an object leaves out are passed over before its next name is looked up. */
const MAX_LEFT_OUT = 12;

/** Text that is no JSON object; `at` is the offset where it is not. */
export class NotAnObject extends Error {
  override readonly name = 'NotAnObject';
  readonly at: number;

  constructor(wanted: string, at: number) {
    super(`expected ${wanted}`);
    this.at = at;
  }
}

/** Who takes the fields: a name is resolved once, its cells are put one by one; a name without a slot is passed over. */
export type FieldSink<Slot> = {
  resolve(name: string): Slot | undefined;
  put(slot: Slot, cell: Cell): void;
};

/** A field as it began in an earlier object: `"Name":`, and where its cells go. */
type KnownField<Slot> = { readonly lead: string; readonly slot: Slot | undefined };

/**
 * Reads the top level of JSON objects and hands out their fields as they stand in the text, values unparsed: a long
 * keeps all its digits, and a nested value costs nothing where nobody asks for it. Lines of a log have the same names in
 * the same order, so a name is compared with the one that stood there before, and seldom looked up.
 */
export class ObjectScanner<Slot> {
  private readonly sink: FieldSink<Slot>;
  private readonly cell = new Cell();
  private readonly shape: KnownField<Slot>[] = [];
  private text = '';
  private end = 0;
  /** The next backslash at or after the place that was last asked about. */
  private backslash = -1;

  constructor(sink: FieldSink<Slot>) {
    this.sink = sink;
  }

  /** Takes up a text; `bytes` are the same text, one byte a character, where it is ASCII. */
  open(text: string, bytes?: Buffer): void {
    this.text = text;
    this.cell.text = text;
    this.cell.bytes = bytes;
    this.backslash = -1;
  }

  /** Reads the object that begins at `at` and ends before `end`; returns the offset after it. */
  scan(at: number, end: number): number {
    this.end = end;
    let position = this.expect(this.skipSpace(at), OPEN_BRACE, 'a JSON object');
    position = this.skipSpace(position);
    if (this.text.charCodeAt(position) === CLOSE_BRACE) return position + 1;
    let index = 0;
    for (;;) {
      const known = this.findKnown(position, index);
      if (known < 0) {
        const valueAt = this.learn(position, index);
        position = this.field(valueAt, this.shape[index]?.slot);
      } else {
        index = known;
        const { lead, slot } = this.shape[index] as KnownField<Slot>;
        position = this.field(position + lead.length, slot);
      }
      index++;
      position = this.skipSpace(position);
      const code = position < end ? this.text.charCodeAt(position) : 0;
      if (code === CLOSE_BRACE) return position + 1;
      if (code !== COMMA) throw new NotAnObject("',' or '}'", position);
      position = this.skipSpace(position + 1);
    }
  }

  /** The place in the shape of the field that begins here, at `from` or soon after; -1 where it is none of those. */
  private findKnown(position: number, from: number): number {
    const to = Math.min(this.shape.length, from + MAX_LEFT_OUT);
    for (let index = from; index < to; index++) {
      if (this.text.startsWith((this.shape[index] as KnownField<Slot>).lead, position)) return index;
    }
    return -1;
  }

  /** Reads a name and remembers it at `index`; returns where its value begins. */
  private learn(position: number, index: number): number {
    const afterName = this.skipString(position);
    const name = this.nameOf(position, afterName);
    const valueAt = this.skipSpace(this.expect(this.skipSpace(afterName), COLON, "':' after a name"));
    const lead = Buffer.from(this.text.slice(position, valueAt)).toString();
    this.shape.splice(index, this.shape.length < MAX_SHAPE ? 0 : 1, { lead, slot: this.sink.resolve(name) });
    return valueAt;
  }

  private nameOf(start: number, end: number): string {
    try {
      return JSON.parse(this.text.slice(start, end)) as string;
    } catch {
      throw new NotAnObject('a valid escape in a string', start);
    }
  }

  private field(at: number, slot: Slot | undefined): number {
    const { cell } = this;
    cell.isString = this.text.charCodeAt(at) === QUOTE;
    cell.isEscaped = false;
    const end = this.skipValue(at);
    if (slot === undefined) return end;
    cell.start = cell.isString ? at + 1 : at;
    cell.end = cell.isString ? end - 1 : end;
    try {
      this.sink.put(slot, cell);
    } catch (error) {
      if (error instanceof SyntaxError) throw new NotAnObject('a valid escape in a string', at);
      throw error;
    }
    return end;
  }

  skipSpace(at: number): number {
    let position = at;
    for (let code = this.text.charCodeAt(position); code === 32 || (code >= 9 && code <= 13); ) {
      code = this.text.charCodeAt(++position);
    }
    return position;
  }

  private expect(at: number, code: number, wanted: string): number {
    if (at >= this.end || this.text.charCodeAt(at) !== code) throw new NotAnObject(wanted, at);
    return at + 1;
  }

  /** The offset after the string that begins at `at`; tells the cell whether escapes stand in it. */
  private skipString(at: number): number {
    this.expect(at, QUOTE, 'a name in double quotes');
    let close = this.text.indexOf('"', at + 1);
    if (this.backslash <= at) {
      const next = this.text.indexOf('\\', at + 1);
      this.backslash = next < 0 ? this.text.length : next;
    }
    if (this.backslash < close) {
      this.cell.isEscaped = true;
      while (close >= 0 && this.isEscapedAt(close)) close = this.text.indexOf('"', close + 1);
    }
    if (close < 0 || close >= this.end) throw new NotAnObject("the closing '\"' of a string", this.end);
    return close + 1;
  }

  private isEscapedAt(at: number): boolean {
    let slashes = 0;
    while (this.text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    return slashes % 2 === 1;
  }

  /** The offset after the value that begins at `at`. */
  skipValue(at: number, end = this.end): number {
    this.end = end;
    const code = this.text.charCodeAt(at);
    if (code === QUOTE) return this.skipString(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) return this.skipNested(at);
    if (code === MINUS || (code >= 48 && code <= 57)) return this.skipNumber(at);
    for (const word of ['true', 'false', 'null']) if (this.text.startsWith(word, at)) return at + word.length;
    throw new NotAnObject('a value', at);
  }

  private skipNested(at: number): number {
    let depth = 0;
    let position = at;
    do {
      if (position >= this.end) throw new NotAnObject('the end of a nested value', position);
      const code = this.text.charCodeAt(position);
      if (code === QUOTE) position = this.skipString(position);
      else {
        if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
        else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
        position++;
      }
    } while (depth > 0);
    this.cell.isEscaped = false;
    return position;
  }

  private skipNumber(at: number): number {
    let position = at + 1;
    let code = this.text.charCodeAt(position);
    while (code >= 48 && code <= 57) code = this.text.charCodeAt(++position);
    // Most numbers are whole; a point, an exponent or a lone minus is left to the grammar.
    if (code !== 46 && code !== 101 && code !== 69 && position - at > 1) return position;
    const pattern = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    pattern.lastIndex = at;
    if (!pattern.test(this.text)) throw new NotAnObject('a value', at);
    return pattern.lastIndex;
  }
}

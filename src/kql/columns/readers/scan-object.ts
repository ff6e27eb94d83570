import type { RawCell } from './cell-loader.ts';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** A line that is no JSON object; the message says what is wrong where. */
export class NotAnObject extends Error {
  override readonly name = 'NotAnObject';
}

/**
 * Reads the top level of one JSON object and hands out its fields as they stand in the text, values unparsed: a long
 * keeps all its digits, and a nested value costs nothing where nobody asks for it.
 */
export function scanObject(text: string, onField: (name: string, cell: () => RawCell) => void): void {
  const scanner = new ObjectScanner(text);
  scanner.scan(onField);
}

class ObjectScanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  scan(onField: (name: string, cell: () => RawCell) => void): void {
    this.skipSpace();
    this.expect(OPEN_BRACE, 'a JSON object');
    this.skipSpace();
    if (this.peek() === CLOSE_BRACE) this.at++;
    else {
      for (;;) {
        this.skipSpace();
        const name = this.string();
        this.skipSpace();
        this.expect(COLON, "':' after a name");
        this.skipSpace();
        const isString = this.peek() === QUOTE;
        const start = this.at;
        this.skipValue();
        const end = this.at;
        onField(name, () => this.cell(start, end, isString));
        this.skipSpace();
        const next = this.peek();
        this.at++;
        if (next === CLOSE_BRACE) break;
        if (next !== COMMA) throw this.fail("',' or '}'");
      }
    }
    this.skipSpace();
    if (this.at < this.text.length) throw this.fail('the end of the line');
  }

  private cell(start: number, end: number, isString: boolean): RawCell {
    const raw = this.text.slice(start, end);
    if (!isString) return { text: raw, isString };
    const inner = raw.slice(1, -1);
    if (!inner.includes('\\')) return { text: inner, isString };
    try {
      return { text: JSON.parse(raw) as string, isString };
    } catch {
      throw this.fail('a valid escape in a string');
    }
  }

  private peek(): number {
    return this.text.charCodeAt(this.at);
  }

  private fail(wanted: string): NotAnObject {
    return new NotAnObject(`expected ${wanted} at column ${this.at + 1}`);
  }

  private expect(code: number, wanted: string): void {
    if (this.peek() !== code) throw this.fail(wanted);
    this.at++;
  }

  private skipSpace(): void {
    for (let code = this.peek(); code === 32 || (code >= 9 && code <= 13); code = this.peek()) this.at++;
  }

  private string(): string {
    const start = this.at;
    this.skipString();
    return this.cell(start, this.at, true).text;
  }

  private skipString(): void {
    this.expect(QUOTE, 'a name in double quotes');
    for (;;) {
      const end = this.text.indexOf('"', this.at);
      if (end < 0) throw this.fail("the closing '\"' of a string");
      this.at = end + 1;
      let slashes = 0;
      while (this.text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
      if (slashes % 2 === 0) return;
    }
  }

  private skipValue(): void {
    const code = this.peek();
    if (code === QUOTE) this.skipString();
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.skipNested();
    else this.skipLiteral();
  }

  private skipNested(): void {
    let depth = 0;
    do {
      const code = this.peek();
      if (Number.isNaN(code)) throw this.fail('the end of a nested value');
      if (code === QUOTE) this.skipString();
      else {
        if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
        if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
        this.at++;
      }
    } while (depth > 0);
  }

  private skipLiteral(): void {
    const pattern = /(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) throw this.fail('a value');
    this.at = pattern.lastIndex;
  }
}

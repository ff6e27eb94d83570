/** A run of characters of one set: exactly one, or as many as there are. */
export type PatternItem = {
  /** One byte for each ASCII character, 1 where it is in the set. */
  readonly set: Uint8Array;
  readonly min: 0 | 1;
  readonly max: number;
};

/** A pattern without alternatives: items one after the other; a group holds what items `open` to `close` match. */
export type SimplePattern = {
  readonly items: readonly PatternItem[];
  readonly groups: readonly { readonly open: number; readonly close: number }[];
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly ignoresCase: boolean;
};

const ASCII = 128;

const digits = '0-9';
const letters = 'A-Za-z';
const classes: Readonly<Record<string, string>> = {
  d: digits,
  w: `${digits}${letters}_`,
  s: '\t\n\f\r ',
};
const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f' };

/**
 * Reads a pattern of the RE2 syntax (github.com/google/re2/wiki/Syntax) that consists of characters, classes, `*`, `+`,
 * `?` and plain groups; undefined where it has anything else, or anything that this reader is not sure of.
 */
export function parseSimplePattern(pattern: string): SimplePattern | undefined {
  const ignoresCase = pattern.startsWith('(?i)');
  const reader = new PatternReader(ignoresCase ? pattern.slice(4) : pattern, ignoresCase);
  return reader.read() ? reader : undefined;
}

class PatternReader implements SimplePattern {
  readonly items: PatternItem[] = [];
  readonly groups: { open: number; close: number }[] = [];
  readonly ignoresCase: boolean;
  atStart = false;
  atEnd = false;
  private readonly text: string;
  private at = 0;
  /** The groups that are open; -1 for one that captures nothing. */
  private readonly open: number[] = [];

  constructor(text: string, ignoresCase: boolean) {
    this.text = text;
    this.ignoresCase = ignoresCase;
  }

  /** False where the pattern is not simple. */
  read(): boolean {
    if (/[^\t\n\r -~]/.test(this.text)) return false;
    if (this.text[0] === '^') {
      this.atStart = true;
      this.at++;
    }
    while (this.at < this.text.length) {
      if (this.text[this.at] === '$' && this.at === this.text.length - 1) {
        this.atEnd = true;
        break;
      }
      if (!this.readPart()) return false;
    }
    return this.open.length === 0;
  }

  private readPart(): boolean {
    if (this.text[this.at] === '(') return this.openGroup();
    if (this.text[this.at] === ')') return this.closeGroup();
    const set = this.readSet();
    if (set === undefined) return false;
    const next = this.text[this.at] ?? '';
    const isRepeated = next === '*' || next === '+' || next === '?';
    if (isRepeated) this.at++;
    // Lazy and counted repetitions; after an item that is not repeated, `*` and its like are its own.
    if (/[*+?{]/.test(this.text[this.at] ?? '')) return false;
    this.items.push({
      set,
      min: next === '*' || next === '?' ? 0 : 1,
      max: next === '*' || next === '+' ? Number.POSITIVE_INFINITY : 1,
    });
    return true;
  }

  private openGroup(): boolean {
    const isPlain = this.text[this.at + 1] !== '?';
    if (!isPlain && !this.text.startsWith('(?:', this.at)) return false;
    this.at += isPlain ? 1 : 3;
    this.open.push(isPlain ? this.groups.push({ open: this.items.length, close: -1 }) - 1 : -1);
    return true;
  }

  private closeGroup(): boolean {
    const group = this.open.pop();
    this.at++;
    if (group === undefined || /[*+?{]/.test(this.text[this.at] ?? '')) return false;
    const closed = this.groups[group];
    if (closed !== undefined) closed.close = this.items.length;
    return true;
  }

  /** The characters that one item stands for; undefined for syntax that is not simple. */
  private readSet(): Uint8Array | undefined {
    const character = this.text[this.at++] as string;
    if (character === '.') return negate(setOf('\n'));
    if (character === '[') return this.readClass();
    if (character === '\\') {
      const escaped = this.readEscape();
      return escaped === undefined ? undefined : this.fold(setOf(escaped));
    }
    return /[*+?{}|^$\]]/.test(character) ? undefined : this.fold(setOf(`${character}-${character}`));
  }

  /** What follows a backslash, as ranges. */
  private readEscape(): string | undefined {
    const character = this.text[this.at++] ?? '';
    if (/[!-/:-@[-`{-~]/.test(character)) return `${character}-${character}`;
    return classes[character] ?? controls[character];
  }

  private readClass(): Uint8Array | undefined {
    const isNegated = this.text[this.at] === '^';
    if (isNegated) this.at++;
    const set = new Uint8Array(ASCII);
    for (let isFirst = true; this.text[this.at] !== ']' || isFirst; isFirst = false) {
      const character = this.text[this.at++];
      if (character === undefined || character === '[' || (isFirst && character === ']')) return undefined;
      if (character === '\\') {
        const escaped = this.readEscape();
        // A range from or to an escape is rare enough to leave to the other engine.
        if (escaped === undefined || this.text[this.at] === '-') return undefined;
        add(set, setOf(escaped));
      } else if (this.text[this.at] === '-' && this.text[this.at + 1] !== ']') {
        const last = this.text[this.at + 1];
        this.at += 2;
        if (last === undefined || last === '\\' || last === '[' || last < character) return undefined;
        add(set, setOf(`${character}-${last}`));
      } else add(set, setOf(`${character}-${character}`));
    }
    this.at++;
    const folded = this.fold(set);
    return isNegated ? negate(folded) : folded;
  }

  private fold(set: Uint8Array): Uint8Array {
    if (!this.ignoresCase) return set;
    return set.map((_, code) => {
      const character = String.fromCharCode(code);
      return (
        (set[character.toLowerCase().charCodeAt(0)] as number) | (set[character.toUpperCase().charCodeAt(0)] as number)
      );
    });
  }
}

/** A set from characters and ranges `a-z`. */
function setOf(ranges: string): Uint8Array {
  const set = new Uint8Array(ASCII);
  for (let at = 0; at < ranges.length; at++) {
    const isRange = ranges[at + 1] === '-' && at + 2 < ranges.length;
    set.fill(1, ranges.charCodeAt(at), ranges.charCodeAt(isRange ? at + 2 : at) + 1);
    if (isRange) at += 2;
  }
  return set;
}

const negate = (set: Uint8Array): Uint8Array => set.map((flag) => 1 - flag);

function add(set: Uint8Array, other: Uint8Array): void {
  for (let code = 0; code < ASCII; code++) (set[code] as number) |= other[code] as number;
}

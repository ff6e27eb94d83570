import type { Decimal } from 'decimal.js';
import { formatDatetime } from './datetime.ts';
import { type DynamicValue, isArray, isBag, TypedScalar } from './dynamic.ts';
import { MAX_LONG, MIN_LONG } from './int64.ts';
import { formatReal } from './real.ts';
import { formatTimespan } from './timespan.ts';

/**
 * JSON text as a dynamic value, or undefined where the text is no JSON (RFC 8259).
 * JSON.parse would lose the difference of 1 and 1.0 and the digits of a long beyond 2^53; it also reorders bag keys
 * that look like numbers.
 */
export function parseJson(text: string): DynamicValue | undefined {
  const parser = new JsonParser(text);
  try {
    return parser.parse();
  } catch (error) {
    if (error === notJson) return undefined;
    throw error;
  }
}

const notJson = new SyntaxError('not JSON');
const MAX_DEPTH = 1000;

class JsonParser {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  parse(): DynamicValue {
    const value = this.value();
    this.skipSpace();
    if (this.at !== this.text.length) throw notJson;
    return value;
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at++;
    }
  }

  private value(): DynamicValue {
    this.skipSpace();
    switch (this.text[this.at]) {
      case '{':
        return this.nested(() => this.bag());
      case '[':
        return this.nested(() => this.array());
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw notJson;
    const value = read();
    this.depth--;
    return value;
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw notJson;
    this.at += word.length;
    return value;
  }

  private number(): bigint | number {
    const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) throw notJson;
    this.at = pattern.lastIndex;
    if (match[1] !== undefined || match[2] !== undefined) return Number(match[0]);
    const whole = BigInt(match[0]);
    return whole < MIN_LONG || whole > MAX_LONG ? Number(match[0]) : whole;
  }

  private string(): string {
    const start = ++this.at;
    let escaped = false;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code < 32) throw notJson;
      if (code === 34) break;
      if (code === 92) {
        escaped = true;
        this.at++;
      }
      this.at++;
    }
    const raw = this.text.slice(start, this.at++);
    if (!escaped) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      throw notJson;
    }
  }

  private array(): DynamicValue[] {
    const items: DynamicValue[] = [];
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === ']') {
      this.at++;
      return items;
    }
    for (;;) {
      items.push(this.value());
      this.skipSpace();
      const next = this.text[this.at++];
      if (next === ']') return items;
      if (next !== ',') throw notJson;
    }
  }

  private bag(): Map<string, DynamicValue> {
    const bag = new Map<string, DynamicValue>();
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === '}') {
      this.at++;
      return bag;
    }
    for (;;) {
      this.skipSpace();
      if (this.text[this.at] !== '"') throw notJson;
      const key = this.string();
      this.skipSpace();
      if (this.text[this.at++] !== ':') throw notJson;
      bag.set(key, this.value());
      this.skipSpace();
      const next = this.text[this.at++];
      if (next === '}') return bag;
      if (next !== ',') throw notJson;
    }
  }
}

/** A dynamic value as compact JSON, in the service's own spelling of numbers, datetimes and timespans. */
export function formatJson(value: DynamicValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? formatReal(value) : `"${value}"`;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (isArray(value)) return `[${value.map(formatJson).join(',')}]`;
  if (isBag(value)) return `{${[...value].map(([k, v]) => `${JSON.stringify(k)}:${formatJson(v)}`).join(',')}}`;
  const text = formatTypedScalar(value);
  return JSON.stringify(text);
}

/** The text of a datetime, timespan, guid or decimal inside a dynamic. */
export function formatTypedScalar(scalar: TypedScalar): string {
  switch (scalar.type) {
    case 'datetime':
      return formatDatetime(scalar.value as bigint);
    case 'timespan':
      return formatTimespan(scalar.value as bigint);
    case 'guid':
      return scalar.value as string;
    case 'decimal':
      return (scalar.value as Decimal).toFixed();
    default:
      return scalar.type satisfies never;
  }
}

/** Plain JavaScript data (objects as bags, undefined as null) as a dynamic value; whole numbers become longs. */
export function dynamicFromPlain(plain: unknown): DynamicValue {
  if (plain === null || plain === undefined) return null;
  if (typeof plain === 'number') return Number.isSafeInteger(plain) ? BigInt(plain) : plain;
  if (typeof plain === 'string' || typeof plain === 'boolean' || typeof plain === 'bigint') return plain;
  if (Array.isArray(plain)) return plain.map(dynamicFromPlain);
  if (plain instanceof TypedScalar || isBag(plain)) return plain;
  return new Map(Object.entries(plain).map(([key, value]) => [key, dynamicFromPlain(value)]));
}

import { widen } from './widen.ts';

const EMPTY = -1;

/** Spreads the bits of a 32-bit number (the finalizer of MurmurHash3, Austin Appleby, public domain). */
function mix(hash: number): number {
  let h = hash;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * Numbers the distinct pairs of 32-bit integers from 0, in the order in which they are first met. Open addressing with
 * linear probing; a JavaScript Map would need a string or a bigint for each pair.
 */
export class PairTable {
  private slots = new Int32Array(64).fill(EMPTY);
  /** First and second of each pair, side by side: a probe reads both. */
  private pairs = new Int32Array(64);
  size = 0;

  first(id: number): number {
    return this.pairs[2 * id] as number;
  }

  second(id: number): number {
    return this.pairs[2 * id + 1] as number;
  }

  /** The pair's number, or -1 where it is not known and `insert` is false. */
  number(first: number, second: number, insert: boolean): number {
    const { slots, pairs } = this;
    const last = slots.length - 1;
    for (let slot = mix(Math.imul(first, 0x9e3779b1) ^ second) & last; ; slot = (slot + 1) & last) {
      const id = slots[slot] as number;
      if (id === EMPTY) return insert ? this.add(slot, first, second) : -1;
      if (pairs[2 * id] === first && pairs[2 * id + 1] === second) return id;
    }
  }

  private add(slot: number, first: number, second: number): number {
    const id = this.size++;
    this.slots[slot] = id;
    if (2 * id === this.pairs.length) this.pairs = widen(this.pairs, 2 * this.pairs.length);
    this.pairs[2 * id] = first;
    this.pairs[2 * id + 1] = second;
    if (this.size * 2 > this.slots.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 4).fill(EMPTY);
    const last = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = mix(Math.imul(this.first(id), 0x9e3779b1) ^ this.second(id)) & last;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & last;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

/** Whole numbers from 0 below this one are looked up in an array: status codes, hours, counts. */
const DIRECT_SIZE = 65_536;

/** Numbers distinct doubles from 0 in the order in which they are first met; NaN equals NaN, and 0 equals -0. */
export class NumberTable {
  /** The number of the small whole number i is `direct[i] - 1`. */
  private direct = new Int32Array(0);
  private readonly pairs = new PairTable();
  /** The number of each hashed pair. */
  private numbers = new Int32Array(64);
  private readonly bits = new Float64Array(1);
  private readonly words = new Int32Array(this.bits.buffer);
  private values = new Float64Array(64);
  size = 0;

  /** The value's number, or -1 where it is not known and `insert` is false. */
  number(value: number, insert: boolean): number {
    const whole = value | 0;
    if (whole !== value || whole < 0 || whole >= DIRECT_SIZE) return this.hashed(value, insert);
    const known = whole < this.direct.length ? (this.direct[whole] as number) : 0;
    if (known > 0 || !insert) return known - 1;
    if (whole >= this.direct.length)
      this.direct = widen(this.direct, Math.max(whole + 1, 2 * this.direct.length, 1024));
    this.direct[whole] = this.size + 1;
    return this.add(whole);
  }

  /** Writes the numbers of small whole values from row `from` on, and stops at the first other or unknown value (see translate.ts). */
  translate(values: Uint8Array | Int32Array | Float64Array, target: Int32Array, from: number): number {
    const { direct } = this;
    for (let row = from; row < target.length; row++) {
      const value = values[row] as number;
      const whole = value | 0;
      if (whole !== value || whole < 0 || whole >= direct.length) return row;
      const entry = direct[whole] as number;
      if (entry === 0) return row;
      target[row] = entry - 1;
    }
    return target.length;
  }

  private hashed(value: number, insert: boolean): number {
    this.bits[0] = value;
    const known = this.pairs.size;
    const pair = this.pairs.number(this.words[0] as number, this.words[1] as number, insert);
    if (pair < 0) return -1;
    if (pair === known) this.numbers = pushNumber(this.numbers, pair, this.add(value));
    return this.numbers[pair] as number;
  }

  private add(value: number): number {
    if (this.size === this.values.length) {
      const wider = new Float64Array(this.size * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.size] = value;
    return this.size++;
  }

  value(number: number): number {
    return this.values[number] as number;
  }
}

function pushNumber(data: Int32Array<ArrayBuffer>, index: number, value: number): Int32Array<ArrayBuffer> {
  const room = index === data.length ? widen(data, 2 * data.length) : data;
  room[index] = value;
  return room;
}

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
  private readonly firsts = new GrowingInt32();
  private readonly seconds = new GrowingInt32();
  size = 0;

  first(id: number): number {
    return this.firsts.data[id] as number;
  }

  second(id: number): number {
    return this.seconds.data[id] as number;
  }

  /** The pair's number, or -1 where it is not known and `insert` is false. */
  number(first: number, second: number, insert: boolean): number {
    let slot = this.home(first, second);
    for (;;) {
      const id = this.slots[slot] as number;
      if (id === EMPTY) return insert ? this.add(slot, first, second) : -1;
      if (this.firsts.data[id] === first && this.seconds.data[id] === second) return id;
      slot = (slot + 1) & (this.slots.length - 1);
    }
  }

  private home(first: number, second: number): number {
    return mix(Math.imul(first, 0x9e3779b1) ^ second) & (this.slots.length - 1);
  }

  private add(slot: number, first: number, second: number): number {
    const id = this.size++;
    this.slots[slot] = id;
    this.firsts.push(first);
    this.seconds.push(second);
    if (this.size * 2 > this.slots.length) this.grow();
    return id;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(EMPTY);
    for (let id = 0; id < this.size; id++) {
      let slot = this.home(this.first(id), this.second(id));
      while (this.slots[slot] !== EMPTY) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = id;
    }
  }
}

/** Numbers distinct doubles from 0 in the order in which they are first met; NaN equals NaN, and 0 equals -0. */
export class NumberTable {
  private readonly pairs = new PairTable();
  private readonly bits = new Float64Array(1);
  private readonly words = new Int32Array(this.bits.buffer);
  private last = Number.NaN;
  private lastId = -1;

  get size(): number {
    return this.pairs.size;
  }

  number(value: number, insert: boolean): number {
    // Sorted columns (time) repeat their values: most rows end here.
    if (value === this.last) return this.lastId;
    this.bits[0] = value === 0 ? 0 : value;
    const id = this.pairs.number(this.words[0] as number, this.words[1] as number, insert);
    if (id >= 0) {
      this.last = value;
      this.lastId = id;
    }
    return id;
  }

  value(id: number): number {
    this.words[0] = this.pairs.first(id);
    this.words[1] = this.pairs.second(id);
    return this.bits[0] as number;
  }
}

class GrowingInt32 {
  data = new Int32Array(64);
  private length = 0;

  push(value: number): void {
    if (this.length === this.data.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.data);
      this.data = wider;
    }
    this.data[this.length++] = value;
  }
}

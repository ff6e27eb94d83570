const EMPTY = 0;

/** Texts come from logs that an attacker may have written: where they fall must not be known beforehand. */
const SEED = Math.floor(2 ** 32 * Math.random()) | 0;

/** FNV-1a over the text's units (G. Fowler, L. C. Noll, P. Vo), its bits then spread as MurmurHash3 does. */
function hashOf(text: string): number {
  let hash = SEED ^ text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/**
 * Numbers distinct texts from 0, in the order in which they are first met. A JavaScript Map does the same, but takes
 * several times as long where most texts are new.
 */
export class TextTable {
  /** The number of the text in each slot, plus 1. */
  private slots = new Int32Array(64);
  private hashes = new Int32Array(64);
  private readonly texts: string[] = [];

  get size(): number {
    return this.texts.length;
  }

  /** The text's number, or -1 where it is not known and `insert` is false. */
  number(text: string, insert: boolean): number {
    const { slots, hashes, texts } = this;
    const hash = hashOf(text);
    const last = slots.length - 1;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const entry = slots[slot] as number;
      if (entry === EMPTY) return insert ? this.add(slot, hash, text) : -1;
      const number = entry - 1;
      if (hashes[number] === hash && texts[number] === text) return number;
    }
  }

  private add(slot: number, hash: number, text: string): number {
    const number = this.texts.push(text) - 1;
    if (number === this.hashes.length) {
      const wider = new Int32Array(2 * number);
      wider.set(this.hashes);
      this.hashes = wider;
    }
    this.hashes[number] = hash;
    this.slots[slot] = number + 1;
    if (2 * this.size > this.slots.length) this.rehash();
    return number;
  }

  private rehash(): void {
    const slots = new Int32Array(4 * this.slots.length);
    const last = slots.length - 1;
    for (let number = 0; number < this.size; number++) {
      let slot = (this.hashes[number] as number) & last;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & last;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}

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
  /** The number of the text in each slot, plus 1, and its hash beside it: other texts are mostly told by the hash alone. */
  private slots = new Int32Array(128);
  private readonly texts: string[] = [];

  get size(): number {
    return this.texts.length;
  }

  /** The text's number, or -1 where it is not known and `insert` is false. */
  number(text: string, insert: boolean): number {
    const { slots, texts } = this;
    const hash = hashOf(text);
    const last = slots.length - 1;
    for (let slot = (2 * hash) & last; ; slot = (slot + 2) & last) {
      const entry = slots[slot] as number;
      if (entry === EMPTY) return insert ? this.add(slot, hash, text) : -1;
      if (slots[slot + 1] === hash && texts[entry - 1] === text) return entry - 1;
    }
  }

  private add(slot: number, hash: number, text: string): number {
    const entry = this.texts.push(text);
    this.slots[slot] = entry;
    this.slots[slot + 1] = hash;
    if (4 * entry > this.slots.length) this.rehash();
    return entry - 1;
  }

  private rehash(): void {
    const { slots } = this;
    const wider = new Int32Array(4 * slots.length);
    const last = wider.length - 1;
    for (let from = 0; from < slots.length; from += 2) {
      if (slots[from] === EMPTY) continue;
      const hash = slots[from + 1] as number;
      let slot = (2 * hash) & last;
      while (wider[slot] !== EMPTY) slot = (slot + 2) & last;
      wider[slot] = slots[from] as number;
      wider[slot + 1] = hash;
    }
    this.slots = wider;
  }
}

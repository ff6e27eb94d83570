import { widen } from '../columns/widen.ts';

/** Slots of a set that holds its first value. */
const FIRST_SLOTS = 8;

/**
 * A set of whole numbers from 0 for each group, all in one array: a hash table with linear probing a group. Rows that
 * come together mostly belong to few groups (windows of time, above all), whose sets then stay in the processor's cache;
 * one table of all pairs of group and number would miss it with every row.
 */
export class GroupedSets {
  /** The numbers, plus 1: what is zero is free. */
  private slots = new Int32Array(1024);
  private used = 0;
  /** Of each group: where its slots begin, how many numbers it has, and 32 less the bits of its number of slots. */
  private starts = new Int32Array(64);
  private sizes = new Int32Array(64);
  private shifts = new Int32Array(64);

  /** Makes room; to be called before numbers of so many groups are added. */
  reserve(groupCount: number): void {
    if (groupCount <= this.starts.length) return;
    const length = Math.max(groupCount, 2 * this.starts.length);
    this.starts = widen(this.starts, length);
    this.sizes = widen(this.sizes, length);
    this.shifts = widen(this.shifts, length);
  }

  /** Adds the number to the group's set; false where it was there. */
  add(group: number, number: number): boolean {
    if (this.sizes[group] === 0) this.place(group, FIRST_SLOTS);
    const { slots } = this;
    const start = this.starts[group] as number;
    const shift = this.shifts[group] as number;
    const last = (1 << (32 - shift)) - 1;
    for (let at = spread(number) >>> shift; ; at = (at + 1) & last) {
      const held = slots[start + at] as number;
      if (held === number + 1) return false;
      if (held !== 0) continue;
      slots[start + at] = number + 1;
      const size = (this.sizes[group] as number) + 1;
      this.sizes[group] = size;
      if (2 * size > last) this.enlarge(group, start, last + 1);
      return true;
    }
  }

  private place(group: number, slotCount: number): void {
    if (this.used + slotCount > this.slots.length) {
      this.slots = widen(this.slots, Math.max(2 * this.slots.length, this.used + slotCount));
    }
    this.starts[group] = this.used;
    this.shifts[group] = Math.clz32(slotCount) + 1;
    this.used += slotCount;
  }

  /** Moves a set to four times its slots; those that it leaves stay unused, a third of all at most. */
  private enlarge(group: number, oldStart: number, oldCount: number): void {
    this.place(group, 4 * oldCount);
    const { slots } = this;
    const start = this.starts[group] as number;
    const shift = this.shifts[group] as number;
    const last = 4 * oldCount - 1;
    for (let from = oldStart; from < oldStart + oldCount; from++) {
      const held = slots[from] as number;
      if (held === 0) continue;
      let at = spread(held - 1) >>> shift;
      while (slots[start + at] !== 0) at = (at + 1) & last;
      slots[start + at] = held;
    }
  }
}

/** Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the high bits of the product are spread. */
const spread = (number: number): number => Math.imul(number, 0x9e3779b1);

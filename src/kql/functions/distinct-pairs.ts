import { PairTable } from '../columns/hash-table.ts';

/** The most bits that the matrix may take: 32 MiB. */
const MAX_BITS = 2 ** 28;

/**
 * Tells which pairs of (group, value number) were met before: a matrix of bits as long as that stays small (few groups,
 * or few values), else a hash table.
 */
export class DistinctPairs {
  private bits = new Int32Array(0);
  private groupCapacity = 0;
  /** Words a group. */
  private stride = 0;
  private pairs: PairTable | undefined;

  /** Makes room; to be called before pairs of so many groups and values are asked for. */
  reserve(groupCount: number, valueCount: number): void {
    if (this.pairs !== undefined) return;
    const needed = (valueCount + 31) >>> 5;
    if (groupCount <= this.groupCapacity && needed <= this.stride) return;
    const capacity =
      groupCount > this.groupCapacity ? Math.max(groupCount, 2 * this.groupCapacity) : this.groupCapacity;
    const stride = needed > this.stride ? Math.max(needed, 2 * this.stride) : this.stride;
    if (capacity * stride * 32 > MAX_BITS) this.toPairs();
    else this.widen(capacity, stride);
  }

  isNew(group: number, value: number): boolean {
    if (this.pairs !== undefined) {
      const known = this.pairs.size;
      return this.pairs.number(group, value, true) === known;
    }
    const word = group * this.stride + (value >>> 5);
    const bit = 1 << (value & 31);
    const current = this.bits[word] as number;
    if ((current & bit) !== 0) return false;
    this.bits[word] = current | bit;
    return true;
  }

  private widen(capacity: number, stride: number): void {
    const bits = new Int32Array(capacity * stride);
    for (let group = 0; group < this.groupCapacity; group++) {
      bits.set(this.bits.subarray(group * this.stride, (group + 1) * this.stride), group * stride);
    }
    this.bits = bits;
    this.groupCapacity = capacity;
    this.stride = stride;
  }

  private toPairs(): void {
    const pairs = new PairTable();
    for (const [word, bits] of this.bits.entries()) {
      const group = Math.floor(word / this.stride);
      const first = (word - group * this.stride) * 32;
      for (let bit = 0; bit < 32; bit++) if ((bits & (1 << bit)) !== 0) pairs.number(group, first + bit, true);
    }
    this.pairs = pairs;
    this.bits = new Int32Array(0);
  }
}

import { GroupedSets } from './grouped-sets.ts';

/** A matrix of so many bits is always worth it: it stays in the processor's cache. */
const SMALL_BITS = 2 ** 23;

/** A larger one only as long as it is not almost empty: so many bits a pair. */
const BITS_PER_PAIR = 128;

/** The most bits that the matrix may take: 32 MiB. */
const MAX_BITS = 2 ** 28;

/**
 * Tells which pairs of (group, value number) were met before: a matrix of bits as long as that stays small or well
 * filled, else a set for each group.
 */
export class DistinctPairs {
  private bits = new Int32Array(0);
  private groupCapacity = 0;
  /** Words a group. */
  private stride = 0;
  private size = 0;
  private sets: GroupedSets | undefined;

  /** Makes room; to be called before pairs of so many groups and values are asked for. */
  reserve(groupCount: number, valueCount: number): void {
    if (this.sets !== undefined) {
      this.sets.reserve(groupCount);
      return;
    }
    const needed = (valueCount + 31) >>> 5;
    if (groupCount <= this.groupCapacity && needed <= this.stride) return;
    const capacity =
      groupCount > this.groupCapacity ? Math.max(groupCount, 2 * this.groupCapacity) : this.groupCapacity;
    const stride = needed > this.stride ? Math.max(needed, 2 * this.stride) : this.stride;
    const size = capacity * stride * 32;
    if (size > MAX_BITS || (size > SMALL_BITS && size > BITS_PER_PAIR * this.size)) this.toSets(groupCount);
    else this.widen(capacity, stride);
  }

  isNew(group: number, value: number): boolean {
    if (this.sets !== undefined) return this.sets.add(group, value);
    const word = group * this.stride + (value >>> 5);
    const bit = 1 << (value & 31);
    const current = this.bits[word] as number;
    if ((current & bit) !== 0) return false;
    this.bits[word] = current | bit;
    this.size++;
    return true;
  }

  /** Adds 1 to the total of each group for every pair of it that is new; rows without a value are marked in `skipped`. */
  countNew(groups: Int32Array, values: Int32Array, totals: Float64Array, skipped: Uint8Array | undefined): void {
    if (this.sets === undefined) this.countInBits(groups, values, totals, skipped);
    else countInSets(this.sets, groups, values, totals, skipped);
  }

  private countInBits(
    groups: Int32Array,
    values: Int32Array,
    totals: Float64Array,
    skipped: Uint8Array | undefined,
  ): void {
    const { bits, stride } = this;
    let added = 0;
    for (let row = 0; row < values.length; row++) {
      const value = values[row] as number;
      const group = groups[row] as number;
      const word = group * stride + (value >>> 5);
      const bit = 1 << (value & 31);
      const current = bits[word] as number;
      if ((current & bit) !== 0 || (skipped !== undefined && skipped[row] === 1)) continue;
      bits[word] = current | bit;
      (totals[group] as number)++;
      added++;
    }
    this.size += added;
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

  private toSets(groupCount: number): void {
    const sets = new GroupedSets();
    sets.reserve(groupCount);
    for (let word = 0; word < this.bits.length; word++) {
      const bits = this.bits[word] as number;
      if (bits === 0) continue;
      const group = Math.floor(word / this.stride);
      const first = (word - group * this.stride) * 32;
      for (let bit = 0; bit < 32; bit++) if ((bits & (1 << bit)) !== 0) sets.add(group, first + bit);
    }
    this.sets = sets;
    this.bits = new Int32Array(0);
  }
}

function countInSets(
  sets: GroupedSets,
  groups: Int32Array,
  values: Int32Array,
  totals: Float64Array,
  skipped: Uint8Array | undefined,
): void {
  for (let row = 0; row < values.length; row++) {
    if (skipped !== undefined && skipped[row] === 1) continue;
    const group = groups[row] as number;
    if (sets.add(group, values[row] as number)) (totals[group] as number)++;
  }
}

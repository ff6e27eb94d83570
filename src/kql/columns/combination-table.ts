import { PairTable } from './hash-table.ts';
import { widen } from './widen.ts';

/** The most entries that the matrix may have: 16 MiB. */
const MAX_ENTRIES = 2 ** 22;

/**
 * Numbers the distinct pairs of numbers that are themselves counted from 0, in the order in which they are first met: by
 * a matrix that is looked up without hashing while the two ranges are small, else by a hash table.
 */
export class CombinationTable {
  /** The number of the pair (first, second) is `matrix[(first << bits) | second]`, -1 where it was never met. */
  private matrix = new Int32Array(0);
  private bits = 0;
  private firsts = new Int32Array(64);
  private seconds = new Int32Array(64);
  private hashed: PairTable | undefined;
  size = 0;

  /** Both sides of the pairs. */
  split(ids: Int32Array): { readonly firsts: Int32Array<ArrayBuffer>; readonly seconds: Int32Array } {
    const firsts = new Int32Array(ids.length);
    const seconds = new Int32Array(ids.length);
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] as number;
      firsts[at] = this.hashed === undefined ? (this.firsts[id] as number) : this.hashed.first(id);
      seconds[at] = this.hashed === undefined ? (this.seconds[id] as number) : this.hashed.second(id);
    }
    return { firsts, seconds };
  }

  /**
   * Replaces each of `firsts` by the number of its pair with the second in the same place, -1 where one of them is -1 or
   * where the pair is not known and `insert` is false. All firsts and seconds lie below their counts.
   */
  assign(firsts: Int32Array, seconds: Int32Array, counts: { first: number; second: number }, insert: boolean): void {
    this.reserve(counts.first, counts.second);
    if (this.hashed === undefined) this.assignFromMatrix(firsts, seconds, insert);
    else assignFromTable(this.hashed, firsts, seconds, insert);
    if (this.hashed !== undefined) this.size = this.hashed.size;
  }

  private assignFromMatrix(firsts: Int32Array, seconds: Int32Array, insert: boolean): void {
    const { matrix, bits } = this;
    const { length } = firsts;
    for (let row = numberPairs(matrix, bits, firsts, seconds, 0); row < length; ) {
      const first = firsts[row] as number;
      const second = seconds[row] as number;
      firsts[row] = insert && (first | second) >= 0 ? this.add((first << bits) | second, first, second) : -1;
      row = numberPairs(matrix, bits, firsts, seconds, row + 1);
    }
  }

  private add(entry: number, first: number, second: number): number {
    if (this.size === this.firsts.length) {
      this.firsts = widen(this.firsts, 2 * this.size);
      this.seconds = widen(this.seconds, 2 * this.size);
    }
    this.firsts[this.size] = first;
    this.seconds[this.size] = second;
    this.matrix[entry] = this.size;
    return this.size++;
  }

  private reserve(firstCount: number, secondCount: number): void {
    if (this.hashed !== undefined) return;
    const bits = Math.max(this.bits, 32 - Math.clz32(Math.max(1, secondCount) - 1));
    if (bits === this.bits && firstCount * 2 ** bits <= this.matrix.length) return;
    const capacity = Math.max(firstCount, Math.min(2 * firstCount, MAX_ENTRIES >>> bits));
    if (capacity * 2 ** bits > MAX_ENTRIES) this.toTable();
    else this.toMatrix(capacity, bits);
  }

  private toMatrix(firstCapacity: number, bits: number): void {
    this.matrix = new Int32Array(firstCapacity << bits).fill(-1);
    this.bits = bits;
    for (let id = 0; id < this.size; id++) {
      this.matrix[((this.firsts[id] as number) << bits) | (this.seconds[id] as number)] = id;
    }
  }

  private toTable(): void {
    const hashed = new PairTable();
    for (let id = 0; id < this.size; id++) hashed.number(this.firsts[id] as number, this.seconds[id] as number, true);
    this.hashed = hashed;
    this.matrix = new Int32Array(0);
  }
}

/**
 * Replaces the firsts from row `from` on by the numbers of their pairs, and stops at the first row whose pair has none:
 * see translate.ts. Either side is -1 where the sign of both together is set.
 */
function numberPairs(matrix: Int32Array, bits: number, firsts: Int32Array, seconds: Int32Array, from: number): number {
  for (let row = from; row < firsts.length; row++) {
    const entry = ((firsts[row] as number) << bits) | (seconds[row] as number);
    const number = entry < 0 ? -1 : (matrix[entry] as number);
    if (number < 0) return row;
    firsts[row] = number;
  }
  return firsts.length;
}

function assignFromTable(table: PairTable, firsts: Int32Array, seconds: Int32Array, insert: boolean): void {
  for (let row = 0; row < firsts.length; row++) {
    const first = firsts[row] as number;
    const second = seconds[row] as number;
    firsts[row] = (first | second) < 0 ? -1 : table.number(first, second, insert);
  }
}

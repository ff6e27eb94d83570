import { narrowBase, type Vector, valueReader } from '../columns/column.ts';
import { compareValues } from '../values/compare.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { type NumberSource, numberSource } from './number-source.ts';
import { orderStatistic } from './order-statistic.ts';

/** The values of a group in ascending order, with their weights where there are any. */
export type SortedGroup = {
  readonly count: number;
  value(position: number): Value;
  weight(position: number): number;
};

/** Numbers with their groups, and weights where there are any, as they came in. */
type Chunk = {
  readonly numbers: Float64Array;
  readonly groups: Int32Array;
  readonly weights: Float64Array | undefined;
  length: number;
};

const createChunk = (size: number, weighted: boolean): Chunk => ({
  numbers: new Float64Array(size),
  groups: new Int32Array(size),
  weights: weighted ? new Float64Array(size) : undefined,
  length: 0,
});

const FIRST_CHUNK = 1024;
const MAX_CHUNK = 2 ** 18;

/** Keeps all values that are not null, and hands them out sorted, group by group. */
export class GroupedValues {
  private readonly type: ColumnType;
  private readonly weighted: boolean;
  /** Not one array that grows: copying it again and again would be most of the work. */
  private chunks: Chunk[];
  /** All values instead of the chunks' numbers once a batch came that has no doubles. */
  private wide: Value[] | undefined;

  constructor(type: ColumnType, weighted = false) {
    this.type = type;
    this.weighted = weighted;
    this.chunks = [createChunk(FIRST_CHUNK, weighted)];
  }

  add(groups: Int32Array, rowCount: number, vector: Vector, weight?: (row: number) => number): void {
    if (vector.kind === 'constant' && vector.value === null) return;
    const source = this.wide === undefined ? numberSource(vector) : undefined;
    const chunk = this.chunkFor(rowCount);
    if (source === undefined) this.addWide(chunk, groups, rowCount, vector, weight);
    else if (source.nulls === undefined && source.mask === -1 && !this.weighted) {
      chunk.numbers.set(source.data.subarray(0, rowCount), chunk.length);
      chunk.groups.set(groups.subarray(0, rowCount), chunk.length);
      chunk.length += rowCount;
    } else addNumbers(chunk, groups, rowCount, source, weight);
  }

  private addWide(
    chunk: Chunk,
    groups: Int32Array,
    rowCount: number,
    vector: Vector,
    weight: ((row: number) => number) | undefined,
  ): void {
    if (this.wide === undefined) {
      const { numbers, length } = this.join();
      this.wide = Array.from({ length }, (_, at) => this.fromNumber(numbers[at] as number));
    }
    const read = valueReader(vector);
    for (let row = 0; row < rowCount; row++) {
      const value = read(row);
      const amount = weight?.(row) ?? 1;
      if (value === null || !(amount > 0)) continue;
      if (chunk.weights !== undefined) chunk.weights[chunk.length] = amount;
      this.wide.push(value);
      chunk.groups[chunk.length++] = groups[row] as number;
    }
  }

  /** A chunk with room for so many rows. */
  private chunkFor(rowCount: number): Chunk {
    const last = this.chunks.at(-1) as Chunk;
    const size = last.groups.length;
    if (last.length + rowCount <= size) return last;
    const next = createChunk(Math.max(rowCount, Math.min(2 * size, MAX_CHUNK)), this.weighted);
    this.chunks.push(next);
    return next;
  }

  /** All chunks in one. */
  private join(): Chunk {
    const { chunks, weighted } = this;
    const joined = createChunk(
      chunks.reduce((sum, { length }) => sum + length, 0),
      weighted,
    );
    for (const { numbers, groups, weights, length } of chunks) {
      joined.numbers.set(numbers.subarray(0, length), joined.length);
      joined.groups.set(groups.subarray(0, length), joined.length);
      if (weights !== undefined) joined.weights?.set(weights.subarray(0, length), joined.length);
      joined.length += length;
    }
    return joined;
  }

  private fromNumber(number: number): Value {
    return this.type === 'int' || this.type === 'real' ? number : BigInt(number) + narrowBase(this.type);
  }

  sorted(groupCount: number): readonly SortedGroup[] {
    const starts = new Int32Array(groupCount + 1);
    for (const { groups, length } of this.chunks) {
      for (let at = 0; at < length; at++) (starts[(groups[at] as number) + 1] as number)++;
    }
    for (let group = 0; group < groupCount; group++) (starts[group + 1] as number) += starts[group] as number;
    return this.wide === undefined && !this.weighted ? this.selectNumbers(starts) : this.sortPositions(starts);
  }

  /** The common case, of which few positions are asked for: these are selected, the rest is never sorted. */
  private selectNumbers(starts: Int32Array): readonly SortedGroup[] {
    const next = starts.slice();
    const ordered = new Float64Array(starts[starts.length - 1] as number);
    for (const { numbers, groups, length } of this.chunks) {
      for (let at = 0; at < length; at++) ordered[(next[groups[at] as number] as number)++] = numbers[at] as number;
    }
    const base = narrowBase(this.type);
    const isDouble = this.type === 'int' || this.type === 'real';
    return Array.from({ length: starts.length - 1 }, (_, group) => {
      const values = ordered.subarray(starts[group], starts[group + 1]);
      let asked = 0;
      return {
        count: values.length,
        value: (index) => {
          const value = orderStatistic(values, index, index < asked ? 0 : asked);
          asked = index;
          return isDouble ? value : BigInt(value) + base;
        },
        weight: () => 1,
      };
    });
  }

  private sortPositions(starts: Int32Array): readonly SortedGroup[] {
    const { wide } = this;
    const { numbers, weights, groups, length } = this.join();
    const next = starts.slice();
    const order = new Int32Array(length);
    for (let at = 0; at < length; at++) order[(next[groups[at] as number] as number)++] = at;
    const compare =
      wide === undefined
        ? (a: number, b: number) => compareValues(numbers[a] as number, numbers[b] as number, 'real')
        : (a: number, b: number) => compareValues(wide[a] as Value, wide[b] as Value, this.type);
    return Array.from({ length: starts.length - 1 }, (_, group) => {
      const positions = order.subarray(starts[group], starts[group + 1]).sort(compare);
      return {
        count: positions.length,
        value: (index) =>
          wide === undefined
            ? this.fromNumber(numbers[positions[index] as number] as number)
            : (wide[positions[index] as number] as Value),
        weight: (index) => weights?.[positions[index] as number] ?? 1,
      };
    });
  }
}

function addNumbers(
  chunk: Chunk,
  groups: Int32Array,
  rowCount: number,
  { data, mask, nulls }: NumberSource,
  weight: ((row: number) => number) | undefined,
): void {
  for (let row = 0; row < rowCount; row++) {
    if (nulls !== undefined && nulls[row] === 1) continue;
    if (chunk.weights !== undefined) {
      const amount = weight?.(row) ?? 1;
      if (!(amount > 0)) continue;
      chunk.weights[chunk.length] = amount;
    }
    chunk.numbers[chunk.length] = data[row & mask] as number;
    chunk.groups[chunk.length++] = groups[row] as number;
  }
}

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

/** Keeps all values that are not null, and hands them out sorted, group by group. */
export class GroupedValues {
  private readonly type: ColumnType;
  private numbers = new Float64Array(1024);
  private groups = new Int32Array(1024);
  private weights: Float64Array | undefined;
  private length = 0;
  /** Holds the values instead of `numbers` once a batch came that has no doubles. */
  private wide: Value[] | undefined;

  constructor(type: ColumnType, weighted = false) {
    this.type = type;
    if (weighted) this.weights = new Float64Array(1024);
  }

  add(groups: Int32Array, rowCount: number, vector: Vector, weight?: (row: number) => number): void {
    if (vector.kind === 'constant' && vector.value === null) return;
    const source = this.wide === undefined ? numberSource(vector) : undefined;
    this.reserve(rowCount);
    if (source === undefined) this.addWide(groups, rowCount, vector, weight);
    else this.addNumbers(groups, rowCount, source, weight);
  }

  private addNumbers(
    groups: Int32Array,
    rowCount: number,
    { data, mask, nulls }: NumberSource,
    weight: ((row: number) => number) | undefined,
  ): void {
    const { numbers, weights, groups: own } = this;
    let { length } = this;
    if (nulls === undefined && weights === undefined && mask === -1) {
      numbers.set(data.subarray(0, rowCount), length);
      own.set(groups.subarray(0, rowCount), length);
      this.length += rowCount;
      return;
    }
    for (let row = 0; row < rowCount; row++) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      if (weights !== undefined) {
        const amount = weight?.(row) ?? 1;
        if (!(amount > 0)) continue;
        weights[length] = amount;
      }
      numbers[length] = data[row & mask] as number;
      own[length++] = groups[row] as number;
    }
    this.length = length;
  }

  private addWide(
    groups: Int32Array,
    rowCount: number,
    vector: Vector,
    weight: ((row: number) => number) | undefined,
  ): void {
    this.wide ??= Array.from({ length: this.length }, (_, at) => this.fromNumber(at));
    const read = valueReader(vector);
    for (let row = 0; row < rowCount; row++) {
      const value = read(row);
      const amount = weight?.(row) ?? 1;
      if (value === null || !(amount > 0)) continue;
      if (this.weights !== undefined) this.weights[this.length] = amount;
      this.wide[this.length] = value;
      this.groups[this.length++] = groups[row] as number;
    }
  }

  private reserve(more: number): void {
    if (this.length + more <= this.groups.length) return;
    const size = Math.max(this.length + more, 2 * this.groups.length);
    const grow = <A extends Float64Array | Int32Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.numbers = grow(this.numbers, new Float64Array(size));
    this.groups = grow(this.groups, new Int32Array(size));
    if (this.weights !== undefined) this.weights = grow(this.weights, new Float64Array(size));
  }

  private fromNumber(position: number): Value {
    const number = this.numbers[position] as number;
    return this.type === 'int' || this.type === 'real' ? number : BigInt(number) + narrowBase(this.type);
  }

  sorted(groupCount: number): readonly SortedGroup[] {
    const starts = new Int32Array(groupCount + 1);
    for (let at = 0; at < this.length; at++) (starts[(this.groups[at] as number) + 1] as number)++;
    for (let group = 0; group < groupCount; group++) (starts[group + 1] as number) += starts[group] as number;
    return this.wide === undefined && this.weights === undefined
      ? this.selectNumbers(starts)
      : this.sortPositions(starts);
  }

  /** The common case, of which few positions are asked for: these are selected, the rest is never sorted. */
  private selectNumbers(starts: Int32Array): readonly SortedGroup[] {
    const { numbers, groups, length } = this;
    const next = starts.slice();
    const ordered = new Float64Array(length);
    for (let at = 0; at < length; at++) ordered[(next[groups[at] as number] as number)++] = numbers[at] as number;
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
    const { wide, numbers, weights, groups, length } = this;
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
            ? this.fromNumber(positions[index] as number)
            : (wide[positions[index] as number] as Value),
        weight: (index) => weights?.[positions[index] as number] ?? 1,
      };
    });
  }
}

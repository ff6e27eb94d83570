import { narrowBase, type Vector, valueReader } from '../columns/column.ts';
import { compareValues } from '../values/compare.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { numberSource } from './number-source.ts';

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
    if (source === undefined) this.wide ??= Array.from({ length: this.length }, (_, at) => this.fromNumber(at));
    const read = valueReader(vector);
    for (let row = 0; row < rowCount; row++) {
      const amount = weight?.(row) ?? 1;
      if (source?.nulls?.[row] === 1 || !(amount > 0)) continue;
      this.reserve();
      if (source !== undefined) this.numbers[this.length] = source.data[row & source.mask] as number;
      else {
        const value = read(row);
        if (value === null) continue;
        (this.wide as Value[])[this.length] = value;
      }
      if (this.weights !== undefined) this.weights[this.length] = amount;
      this.groups[this.length++] = groups[row] as number;
    }
  }

  private reserve(): void {
    if (this.length < this.groups.length) return;
    const size = this.length * 2;
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
    const next = starts.slice();
    const order = new Int32Array(this.length);
    for (let at = 0; at < this.length; at++) order[(next[this.groups[at] as number] as number)++] = at;
    return Array.from({ length: groupCount }, (_, group) =>
      this.sortGroup(order.subarray(starts[group], starts[group + 1])),
    );
  }

  private sortGroup(positions: Int32Array): SortedGroup {
    const { wide, numbers, weights } = this;
    if (wide === undefined && weights === undefined) return this.sortNumbers(positions);
    if (wide === undefined) positions.sort((a, b) => (numbers[a] as number) - (numbers[b] as number));
    else positions.sort((a, b) => compareValues(wide[a] as Value, wide[b] as Value, this.type));
    return {
      count: positions.length,
      value: (index) =>
        wide === undefined ? this.fromNumber(positions[index] as number) : (wide[positions[index] as number] as Value),
      weight: (index) => weights?.[positions[index] as number] ?? 1,
    };
  }

  /** The common case without an indirection: a typed array sorts by value at once. */
  private sortNumbers(positions: Int32Array): SortedGroup {
    const values = Float64Array.from(positions, (at) => this.numbers[at] as number).sort();
    const base = narrowBase(this.type);
    const isDouble = this.type === 'int' || this.type === 'real';
    return {
      count: values.length,
      value: (index) => (isDouble ? (values[index] as number) : BigInt(values[index] as number) + base),
      weight: () => 1,
    };
  }
}

import { narrowBase, type Vector, valueReader } from '../columns/column.ts';
import { compareValues } from '../values/compare.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { narrowSums } from './grouped-sums.ts';
import { type NumberSource, numberSource } from './number-source.ts';

type OnBetter = (group: number, row: number) => void;

/**
 * The largest (or smallest) value of each group. NaN beats every number in both directions and a null is beaten by
 * anything, as in the service; of equal values the first stays.
 */
export class GroupedBest {
  private readonly type: ColumnType;
  private readonly sign: 1 | -1;
  private readonly present = narrowSums();
  private readonly numbers = narrowSums();
  /** Holds the values instead of `numbers` once a batch came that has no doubles. */
  private values: Value[] | undefined;

  constructor(type: ColumnType, direction: 'max' | 'min') {
    this.type = type;
    this.sign = direction === 'max' ? 1 : -1;
  }

  /** Takes a batch in; `onBetter` hears of every row that became its group's best. */
  update(groups: Int32Array, rowCount: number, groupCount: number, vector: Vector, onBetter?: OnBetter): void {
    if (vector.kind === 'constant' && vector.value === null) return;
    const source = this.values === undefined ? numberSource(vector) : undefined;
    if (source !== undefined) this.updateNumbers(groups, rowCount, groupCount, source, onBetter);
    else this.updateValues(groups, rowCount, groupCount, vector, onBetter);
  }

  private updateValues(
    groups: Int32Array,
    rowCount: number,
    groupCount: number,
    vector: Vector,
    onBetter: OnBetter | undefined,
  ): void {
    this.values ??= this.numbersAsValues(groupCount);
    const read = valueReader(vector);
    for (let row = 0; row < rowCount; row++) {
      const value = read(row);
      const group = groups[row] as number;
      const current = this.values[group] ?? null;
      if (value === null || value === current || !this.isBetter(value, current)) continue;
      this.values[group] = value;
      onBetter?.(group, row);
    }
  }

  /** The group's best, null where it has none. */
  value(group: number): Value {
    if (this.values !== undefined) return this.values[group] ?? null;
    if (this.present.reserve(group + 1)[group] !== 1) return null;
    return this.fromNumber(this.numbers.reserve(group + 1)[group] as number);
  }

  private updateNumbers(
    groups: Int32Array,
    rowCount: number,
    groupCount: number,
    { data, mask, nulls }: NumberSource,
    onBetter: OnBetter | undefined,
  ): void {
    const flags = this.present.reserve(groupCount);
    const best = this.numbers.reserve(groupCount);
    const isMax = this.sign > 0;
    for (let row = 0; row < rowCount; row++) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      const group = groups[row] as number;
      const value = data[row & mask] as number;
      const current = best[group] as number;
      if (flags[group] === 1 && !(isMax ? value > current : value < current)) {
        // Only a NaN that meets a number for the first time goes on.
        if (!Number.isNaN(value) || Number.isNaN(current)) continue;
      }
      flags[group] = 1;
      best[group] = value;
      onBetter?.(group, row);
    }
  }

  private isBetter(value: Value, current: Value): boolean {
    if (current === null) return true;
    if (Number.isNaN(value)) return !Number.isNaN(current);
    if (Number.isNaN(current)) return false;
    return compareValues(value, current, this.type) * this.sign > 0;
  }

  private numbersAsValues(groupCount: number): Value[] {
    const best = this.numbers.reserve(groupCount);
    return Array.from(this.present.reserve(groupCount), (flag, group) =>
      flag === 1 ? this.fromNumber(best[group] as number) : null,
    );
  }

  private fromNumber(number: number): Value {
    return this.type === 'int' || this.type === 'real' ? number : BigInt(number) + narrowBase(this.type);
  }
}

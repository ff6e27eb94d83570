import { narrowBase, type Vector, valueReader } from '../columns/column.ts';
import { compareValues } from '../values/compare.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { narrowSums } from './grouped-sums.ts';
import { numberSource } from './number-source.ts';

/**
 * The largest (or smallest) value of each group. NaN beats every number in both directions and a null is beaten by
 * anything, as in the service; of equal values the first stays.
 */
export type GroupedBest = {
  /** Takes a batch in; `onBetter` hears of every row that became its group's best. */
  update(
    groups: Int32Array,
    rowCount: number,
    groupCount: number,
    vector: Vector,
    onBetter?: (group: number, row: number) => void,
  ): void;
  /** The group's best, null where it has none. */
  value(group: number): Value;
};

export function groupedBest(type: ColumnType, direction: 'max' | 'min'): GroupedBest {
  const sign = direction === 'max' ? 1 : -1;
  const present = narrowSums();
  const numbers = narrowSums();
  /** Holds the values instead of `numbers` once a batch came that has no doubles. */
  let values: Value[] | undefined;

  const fromNumber = (number: number): Value =>
    type === 'int' || type === 'real' ? number : BigInt(number) + narrowBase(type);

  function toValues(groupCount: number): Value[] {
    const flags = present.reserve(groupCount);
    const best = numbers.reserve(groupCount);
    return Array.from(flags, (flag, group) => (flag === 1 ? fromNumber(best[group] as number) : null));
  }

  function updateNumbers(
    groups: Int32Array,
    rowCount: number,
    groupCount: number,
    vector: Vector,
    onBetter: ((group: number, row: number) => void) | undefined,
  ): boolean {
    const source = numberSource(vector);
    if (source === undefined) return false;
    const flags = present.reserve(groupCount);
    const best = numbers.reserve(groupCount);
    const { data, mask, nulls } = source;
    for (let row = 0; row < rowCount; row++) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      const group = groups[row] as number;
      const value = data[row & mask] as number;
      const current = best[group] as number;
      if (flags[group] === 1 && !(sign > 0 ? value > current : value < current)) {
        // Only a NaN that meets a number for the first time goes on.
        if (!Number.isNaN(value) || Number.isNaN(current)) continue;
      }
      flags[group] = 1;
      best[group] = value;
      onBetter?.(group, row);
    }
    return true;
  }

  function isBetter(value: Value, current: Value): boolean {
    if (current === null) return true;
    if (Number.isNaN(value)) return !Number.isNaN(current);
    if (Number.isNaN(current)) return false;
    return compareValues(value, current, type) * sign > 0;
  }

  return {
    update(groups, rowCount, groupCount, vector, onBetter) {
      if (vector.kind === 'constant' && vector.value === null) return;
      if (values === undefined) {
        if (updateNumbers(groups, rowCount, groupCount, vector, onBetter)) return;
        values = toValues(groupCount);
      }
      const read = valueReader(vector);
      for (let row = 0; row < rowCount; row++) {
        const value = read(row);
        const group = groups[row] as number;
        if (value === null || value === values[group] || !isBetter(value, values[group] ?? null)) continue;
        values[group] = value;
        onBetter?.(group, row);
      }
    },
    value(group) {
      if (values !== undefined) return values[group] ?? null;
      return present.reserve(group + 1)[group] === 1 ? fromNumber(numbers.reserve(group + 1)[group] as number) : null;
    },
  };
}

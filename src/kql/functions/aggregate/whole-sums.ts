import { type Column, type Int64Type, narrowBase, type Vector, valueReader } from '../../columns/column.ts';
import { columnOf } from '../../columns/column-builder.ts';
import { wrapLong } from '../../values/int64.ts';
import { narrowSums } from '../grouped-sums.ts';
import { type NumberSource, numberSource } from '../number-source.ts';

/** Exact sums of whole numbers, one a group. */
export type WholeSums = {
  add(groups: Int32Array, rowCount: number, groupCount: number, vector: Vector): void;
  total(group: number): bigint;
  /** The total, wrapped to 64 bits, as the nearest double. */
  totalAsReal(group: number): number;
  /** The totals as a column, wrapped to 64 bits as the service wraps them. */
  column(groupCount: number, type: Int64Type): Column;
};

const MAX_SAFE = Number.MAX_SAFE_INTEGER;

/** Adds from row `from` on, and stops at the first row whose total would be no safe integer (see translate.ts). */
function addSafe(
  groups: Int32Array,
  rowCount: number,
  totals: Float64Array,
  { data, mask, nulls }: NumberSource,
  from: number,
): number {
  for (let row = from; row < rowCount; row++) {
    if (nulls !== undefined && nulls[row] === 1) continue;
    const group = groups[row] as number;
    const total = (totals[group] as number) + (data[row & mask] as number);
    if (total > MAX_SAFE || total < -MAX_SAFE) return row;
    totals[group] = total;
  }
  return rowCount;
}

/**
 * Sums in doubles as long as they are safe integers; what leaves that range is moved to a bigint beside it, so that a
 * sum is exact at the speed of doubles.
 */
export function createWholeSums(): WholeSums {
  const sums = narrowSums();
  const carries = new Map<number, bigint>();
  const carry = (group: number, amount: bigint): void => {
    carries.set(group, (carries.get(group) ?? 0n) + amount);
  };

  function addNarrow(groups: Int32Array, rowCount: number, totals: Float64Array, vector: Vector): boolean {
    const source = vector.type === 'datetime' ? undefined : numberSource(vector);
    if (source === undefined) return false;
    const { data, mask } = source;
    for (let row = addSafe(groups, rowCount, totals, source, 0); row < rowCount; ) {
      const group = groups[row] as number;
      carry(group, BigInt(totals[group] as number) + BigInt(data[row & mask] as number));
      totals[group] = 0;
      row = addSafe(groups, rowCount, totals, source, row + 1);
    }
    return true;
  }

  const total = (group: number): bigint =>
    BigInt(sums.reserve(group + 1)[group] as number) + (carries.get(group) ?? 0n);

  return {
    add(groups, rowCount, groupCount, vector) {
      if (addNarrow(groups, rowCount, sums.reserve(groupCount), vector)) return;
      const read = valueReader(vector);
      for (let row = 0; row < rowCount; row++) {
        const value = read(row);
        if (value !== null) carry(groups[row] as number, BigInt(value as bigint));
      }
    },
    total,
    totalAsReal: (group) =>
      carries.size === 0 ? (sums.reserve(group + 1)[group] as number) : Number(wrapLong(total(group))),
    column(groupCount, type) {
      if (carries.size === 0 && narrowBase(type) === 0n) {
        const data = sums.reserve(groupCount).slice(0, groupCount);
        return { kind: 'int64', type, length: groupCount, data, nulls: undefined };
      }
      return columnOf(
        type,
        Array.from({ length: groupCount }, (_, group) => wrapLong(total(group))),
      );
    },
  };
}

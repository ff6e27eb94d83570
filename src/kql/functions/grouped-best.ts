import { type Column, type Int64Type, type Vector, valueReader } from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
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
  private readonly isMax: boolean;
  /** The infinity that every number beats: a group without a value has it. */
  private readonly worst: number;
  private readonly numbers: ReturnType<typeof narrowSums>;
  /** Tells the groups that have a value, where a value may be infinite itself. */
  private readonly present: ReturnType<typeof narrowSums> | undefined;
  /** Holds the values instead of `numbers` once a batch came that has no doubles. */
  private values: Value[] | undefined;

  constructor(type: ColumnType, direction: 'max' | 'min') {
    this.type = type;
    this.isMax = direction === 'max';
    this.worst = this.isMax ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    this.numbers = narrowSums(this.worst);
    this.present = type === 'real' ? narrowSums() : undefined;
  }

  /** Takes a batch in; `onBetter` hears of every row that became its group's best. */
  update(groups: Int32Array, rowCount: number, groupCount: number, vector: Vector, onBetter?: OnBetter): void {
    if (vector.kind === 'constant' && vector.value === null) return;
    const source = this.values === undefined ? numberSource(vector) : undefined;
    if (source === undefined) this.updateValues(groups, rowCount, groupCount, vector, onBetter);
    else if (onBetter === undefined) this.updateNumbers(groups, rowCount, groupCount, source);
    else this.tellNumbers(groups, rowCount, groupCount, source, onBetter);
  }

  private updateNumbers(groups: Int32Array, rowCount: number, groupCount: number, source: NumberSource): void {
    const { data, mask, nulls } = source;
    const best = this.numbers.reserve(groupCount);
    const present = this.present?.reserve(groupCount);
    const { isMax } = this;
    if (present === undefined && nulls === undefined && mask === -1) {
      if (isMax) raise(groups, rowCount, best, data);
      else lower(groups, rowCount, best, data);
      return;
    }
    for (let row = 0; row < rowCount; row++) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      const group = groups[row] as number;
      const value = data[row & mask] as number;
      const current = best[group] as number;
      if (present !== undefined) present[group] = 1;
      // A NaN is larger than nothing, and nothing is larger than it once it is there.
      if ((isMax ? value > current : value < current) || Number.isNaN(value)) best[group] = value;
    }
  }

  private tellNumbers(
    groups: Int32Array,
    rowCount: number,
    groupCount: number,
    { data, mask, nulls }: NumberSource,
    onBetter: OnBetter,
  ): void {
    const best = this.numbers.reserve(groupCount);
    const present = this.present?.reserve(groupCount);
    const { isMax } = this;
    for (let row = 0; row < rowCount; row++) {
      if (nulls !== undefined && nulls[row] === 1) continue;
      const group = groups[row] as number;
      const value = data[row & mask] as number;
      const current = best[group] as number;
      const isFirst = present !== undefined && present[group] === 0;
      const isNewNaN = Number.isNaN(value) && !Number.isNaN(current);
      if (!isFirst && !isNewNaN && !(isMax ? value > current : value < current)) continue;
      if (present !== undefined) present[group] = 1;
      best[group] = value;
      onBetter(group, row);
    }
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

  private isBetter(value: Value, current: Value): boolean {
    if (current === null) return true;
    if (Number.isNaN(value)) return !Number.isNaN(current);
    if (Number.isNaN(current)) return false;
    const order = compareValues(value, current, this.type);
    return this.isMax ? order > 0 : order < 0;
  }

  private numbersAsValues(groupCount: number): Value[] {
    if (!isNumberType(this.type)) return [];
    const read = valueReader(this.numberColumn(this.type, groupCount));
    return Array.from({ length: groupCount }, (_, group) => read(group));
  }

  /** The best of each group, null where it has none. */
  column(groupCount: number): Column {
    if (this.values === undefined && isNumberType(this.type)) return this.numberColumn(this.type, groupCount);
    return columnOf(
      this.type,
      Array.from({ length: groupCount }, (_, group) => this.values?.[group] ?? null),
    );
  }

  private numberColumn(type: NumberType, groupCount: number): Column {
    const data = this.numbers.reserve(groupCount).slice(0, groupCount);
    const present = this.present?.reserve(groupCount);
    let nulls: Uint8Array | undefined;
    for (let group = 0; group < groupCount; group++) {
      if (present === undefined ? data[group] !== this.worst : present[group] === 1) continue;
      nulls ??= new Uint8Array(groupCount);
      nulls[group] = 1;
      data[group] = 0;
    }
    if (type === 'real') return { kind: 'real', type, length: groupCount, data, nulls };
    if (type === 'int') return { kind: 'int', type, length: groupCount, data: new Int32Array(data), nulls };
    return { kind: 'int64', type, length: groupCount, data, nulls };
  }
}

type NumberType = 'int' | 'real' | Int64Type;

const numberTypes: readonly ColumnType[] = ['int', 'real', 'long', 'datetime', 'timespan'];

const isNumberType = (type: ColumnType): type is NumberType => numberTypes.includes(type);

// The common case, whole numbers or times without nulls: no NaN, and no choice within the loop.
function raise(groups: Int32Array, rowCount: number, best: Float64Array, data: NumberSource['data']): void {
  for (let row = 0; row < rowCount; row++) {
    const group = groups[row] as number;
    const value = data[row] as number;
    if (value > (best[group] as number)) best[group] = value;
  }
}

function lower(groups: Int32Array, rowCount: number, best: Float64Array, data: NumberSource['data']): void {
  for (let row = 0; row < rowCount; row++) {
    const group = groups[row] as number;
    const value = data[row] as number;
    if (value < (best[group] as number)) best[group] = value;
  }
}

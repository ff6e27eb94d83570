import {
  type Column,
  type Int64Type,
  type PooledType,
  type PooledValue,
  type Vector,
  valueReader,
} from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import { rowNumbers } from '../columns/row-numbers.ts';
import { widen } from '../columns/widen.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { narrowSums } from './grouped-sums.ts';
import { numberSource } from './number-source.ts';

/** For each group the values of one row, the row chosen batch by batch. */
export type GroupedRows = {
  /** Makes room for so many groups; to be called before rows of a batch are chosen. */
  reserve(groupCount: number): void;
  /** Chooses the first row of every group that never had one. */
  start(groups: Int32Array, rowCount: number, groupCount: number): void;
  /** Remembers that `row` of the current batch is now the group's row. */
  choose(group: number, row: number): void;
  /** Copies the chosen rows' values out of the batch; to be called at its end. */
  commit(args: readonly Vector[]): void;
  /** One column an argument; nulls where no row was chosen. */
  columns(groupCount: number): readonly Column[];
};

/** Values are copied once a batch and group, however often the choice changes within the batch. */
export function groupedRows(types: readonly ColumnType[]): GroupedRows {
  const stores = types.map(createStore);
  /** The row of each group in the current batch, plus 1; zero where there is none. */
  let chosen = new Int32Array(64);
  /** The groups with a row in the current batch. */
  let touched = new Int32Array(64);
  let touchedCount = 0;
  let started = new Uint8Array(64);
  let startedCount = 0;

  const choose = (group: number, row: number): void => {
    if (chosen[group] === 0) touched[touchedCount++] = group;
    chosen[group] = row + 1;
  };
  const reserve = (groupCount: number): void => {
    if (groupCount <= chosen.length) return;
    const length = Math.max(groupCount, 2 * chosen.length);
    chosen = new Int32Array(length);
    touched = new Int32Array(length);
    const wider = new Uint8Array(length);
    wider.set(started);
    started = wider;
  };

  return {
    choose,
    reserve,
    start(groups, rowCount, groupCount) {
      reserve(groupCount);
      for (let row = 0; startedCount < groupCount && row < rowCount; row++) {
        const group = groups[row] as number;
        if (started[group] === 1) continue;
        started[group] = 1;
        startedCount++;
        choose(group, row);
      }
    },
    commit(args) {
      const groups = touched.subarray(0, touchedCount);
      const rows = groups.map((group) => (chosen[group] as number) - 1);
      for (const [position, store] of stores.entries())
        store.take(groups, rows, args[position] as Vector, chosen.length);
      for (const group of groups) chosen[group] = 0;
      touchedCount = 0;
    },
    columns: (groupCount) => stores.map((store) => store.column(groupCount)),
  };
}

/** One value a group. */
type Store = {
  take(groups: Int32Array, rows: Int32Array, vector: Vector, capacity: number): void;
  column(groupCount: number): Column;
};

function createStore(type: ColumnType): Store {
  switch (type) {
    case 'string':
    case 'guid':
    case 'decimal':
    case 'dynamic':
      return pooledStore(type);
    case 'bool':
      return valueStore(type);
    default:
      return numberStore(type);
  }
}

function valueStore(type: ColumnType): Store {
  const values: Value[] = [];
  return {
    take(groups, rows, vector) {
      const read = valueReader(vector);
      for (let at = 0; at < groups.length; at++) values[groups[at] as number] = read(rows[at] as number);
    },
    column: (groupCount) =>
      columnOf(
        type,
        Array.from({ length: groupCount }, (_, group) => values[group] ?? null),
      ),
  };
}

/** Codes as long as all batches share their pool, which those of one table do; then values. */
function pooledStore(type: PooledType): Store {
  let pool: readonly PooledValue[] | undefined;
  /** The code of each group's value, plus 1; zero where no row was chosen. */
  let codes = new Int32Array(64);
  let values: Store | undefined;

  const column = (groupCount: number): Column => {
    const read = (group: number): Value => (codes[group] ? (pool?.[codes[group] - 1] as Value) : null);
    return columnOf(
      type,
      Array.from({ length: groupCount }, (_, group) => read(group)),
    );
  };

  return {
    take(groups, rows, vector, capacity) {
      const isShared =
        vector.kind === 'pooled' && vector.codes !== undefined && vector.values === (pool ?? vector.values);
      if (values !== undefined || !isShared) {
        values ??= startValues(type, column(codes.length), codes.length);
        values.take(groups, rows, vector, capacity);
        return;
      }
      pool = vector.values;
      if (codes.length < capacity) codes = widen(codes, capacity);
      for (let at = 0; at < groups.length; at++) {
        codes[groups[at] as number] = (vector.codes[rows[at] as number] as number) + 1;
      }
    },
    column: (groupCount) => values?.column(groupCount) ?? column(groupCount),
  };
}

/** Doubles as long as the batches have them, then values. */
function numberStore(type: 'int' | 'real' | Int64Type): Store {
  const numbers = narrowSums();
  const present = narrowSums();
  let values: Store | undefined;

  const column = (groupCount: number): Column => {
    const data = numbers.reserve(groupCount).slice(0, groupCount);
    const flags = present.reserve(groupCount);
    const nulls = new Uint8Array(groupCount);
    for (let group = 0; group < groupCount; group++) nulls[group] = flags[group] === 1 ? 0 : 1;
    if (type === 'real') return { kind: 'real', type, length: groupCount, data, nulls };
    if (type === 'int') return { kind: 'int', type, length: groupCount, data: new Int32Array(data), nulls };
    return { kind: 'int64', type, length: groupCount, data, nulls };
  };

  return {
    take(groups, rows, vector, capacity) {
      const source = values === undefined ? numberSource(vector) : undefined;
      if (source === undefined) {
        values ??= startValues(type, column(capacity), capacity);
        values.take(groups, rows, vector, capacity);
        return;
      }
      const held = numbers.reserve(capacity);
      const flags = present.reserve(capacity);
      for (let at = 0; at < groups.length; at++) {
        const row = rows[at] as number;
        held[groups[at] as number] = source.data[row & source.mask] as number;
        flags[groups[at] as number] = source.nulls?.[row] === 1 ? 0 : 1;
      }
    },
    column: (groupCount) => values?.column(groupCount) ?? column(groupCount),
  };
}

function startValues(type: ColumnType, held: Column, capacity: number): Store {
  const store = valueStore(type);
  store.take(rowNumbers(capacity), rowNumbers(capacity), held, capacity);
  return store;
}

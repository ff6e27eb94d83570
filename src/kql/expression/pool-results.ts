import {
  type Column,
  type Int64Type,
  type PooledType,
  type PooledValue,
  toNarrow,
  valueReader,
} from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import type { ColumnType, Value } from '../values/value.ts';

/** What a function gave for the values of one pool, computed when a value is first met. */
export type PoolResults = {
  /** The results for the rows whose values have these codes. */
  column(codes: Int32Array, compute: (value: PooledValue) => Value): Column;
};

export function createPoolResults(pool: readonly PooledValue[], type: ColumnType): PoolResults {
  switch (type) {
    case 'bool':
      return boolResults(pool);
    case 'string':
    case 'guid':
    case 'decimal':
    case 'dynamic':
      return pooledResults(pool, type);
    default:
      return numberResults(pool, type);
  }
}

const UNKNOWN = 0;
const FALSE = 1;
const TRUE = 2;
const NULL = 3;

function boolResults(pool: readonly PooledValue[]): PoolResults {
  const results = new Uint8Array(pool.length);
  const meet = (code: number, compute: (value: PooledValue) => Value): number => {
    const value = compute(pool[code] as PooledValue);
    results[code] = value === null ? NULL : value === true ? TRUE : FALSE;
    return results[code] as number;
  };
  return {
    column(codes, compute) {
      const { length } = codes;
      const data = new Uint8Array(length);
      let nulls: Uint8Array | undefined;
      for (let row = 0; row < length; row++) {
        const code = codes[row] as number;
        let result = results[code] as number;
        if (result === UNKNOWN) result = meet(code, compute);
        if (result === NULL) {
          nulls ??= new Uint8Array(length);
          nulls[row] = 1;
        } else data[row] = result - FALSE;
      }
      return { kind: 'bool', type: 'bool', length, data, nulls };
    },
  };
}

/** The results are a pool of their own, under the same codes. */
function pooledResults(pool: readonly PooledValue[], type: PooledType): PoolResults {
  const missing: PooledValue = type === 'string' ? '' : null;
  const values = new Array<PooledValue>(pool.length).fill(missing);
  const known = new Uint8Array(pool.length);
  return {
    column(codes, compute) {
      for (let row = 0; row < codes.length; row++) {
        const code = codes[row] as number;
        if (known[code] === 1) continue;
        known[code] = 1;
        values[code] = (compute(pool[code] as PooledValue) ?? missing) as PooledValue;
      }
      return { kind: 'pooled', type, length: codes.length, codes, values };
    },
  };
}

const PRESENT = 1;
const MISSING = 2;

function numberResults(pool: readonly PooledValue[], type: 'int' | 'real' | Int64Type): PoolResults {
  const known = new Uint8Array(pool.length);
  const numbers = type === 'int' ? new Int32Array(pool.length) : new Float64Array(pool.length);
  /** Results that no double holds. */
  const wide = new Map<number, bigint>();

  function meet(code: number, compute: (value: PooledValue) => Value): number {
    const value = compute(pool[code] as PooledValue);
    known[code] = value === null ? MISSING : PRESENT;
    const number = typeof value === 'bigint' ? toNarrow(type, value) : value;
    if (number === undefined) wide.set(code, value as bigint);
    else numbers[code] = Number(number);
    return known[code] as number;
  }

  function narrowColumn(codes: Int32Array, compute: (value: PooledValue) => Value): Column {
    const { length } = codes;
    const data = type === 'int' ? new Int32Array(length) : new Float64Array(length);
    let nulls: Uint8Array | undefined;
    for (let row = 0; row < length; row++) {
      const code = codes[row] as number;
      let state = known[code] as number;
      if (state === UNKNOWN) state = meet(code, compute);
      if (state === MISSING) {
        nulls ??= new Uint8Array(length);
        nulls[row] = 1;
      } else data[row] = numbers[code] as number;
    }
    if (type === 'int') return { kind: 'int', type, length, data: data as Int32Array, nulls };
    if (type === 'real') return { kind: 'real', type, length, data: data as Float64Array, nulls };
    return { kind: 'int64', type, length, data: data as Float64Array, nulls };
  }

  return {
    column(codes, compute) {
      const column = narrowColumn(codes, compute);
      if (wide.size === 0) return column;
      const read = valueReader(column);
      return columnOf(
        type,
        Array.from(codes, (code, row) => wide.get(code) ?? read(row)),
      );
    },
  };
}

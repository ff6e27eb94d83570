import {
  type Column,
  type Int64Type,
  type PooledType,
  type PooledValue,
  toNarrow,
  valueReader,
} from '../columns/column.ts';
import { columnOf } from '../columns/column-builder.ts';
import { TextTable } from '../columns/text-table.ts';
import { translate } from '../columns/translate.ts';
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

/** What a result is that is neither false (0) nor true (1). */
const UNKNOWN = -1;
const NULL = -2;

function boolResults(pool: readonly PooledValue[]): PoolResults {
  const results = new Int8Array(pool.length).fill(UNKNOWN);
  const meet = (code: number, compute: (value: PooledValue) => Value): number => {
    const value = compute(pool[code] as PooledValue);
    results[code] = value === null ? NULL : Number(value);
    return results[code] as number;
  };
  return {
    column(codes, compute) {
      const { length } = codes;
      const data = new Uint8Array(length);
      let nulls: Uint8Array | undefined;
      for (let row = copyTruths(results, codes, data, 0); row < length; ) {
        const code = codes[row] as number;
        const known = results[code] as number;
        const result = known === UNKNOWN ? meet(code, compute) : known;
        if (result === NULL) {
          nulls ??= new Uint8Array(length);
          nulls[row] = 1;
        } else data[row] = result;
        row = copyTruths(results, codes, data, row + 1);
      }
      return { kind: 'bool', type: 'bool', length, data, nulls };
    },
  };
}

/** Copies results from row `from` on, up to the first that is unknown or null (see translate.ts). */
function copyTruths(results: Int8Array, codes: Int32Array, data: Uint8Array, from: number): number {
  for (let row = from; row < codes.length; row++) {
    const result = results[codes[row] as number] as number;
    if (result < 0) return row;
    data[row] = result;
  }
  return codes.length;
}

/** The results are a pool of their own; which form it has is decided once some results are known. */
function pooledResults(pool: readonly PooledValue[], type: PooledType): PoolResults {
  let form: PoolResults | undefined;
  return {
    column(codes, compute) {
      form ??= type === 'string' && repeats(pool, codes, compute) ? repeatedTexts(pool) : ownResults(pool, type);
      return form.column(codes, compute);
    },
  };
}

/** How many results tell whether most are the same few. */
const SAMPLE = 256;

function repeats(pool: readonly PooledValue[], codes: Int32Array, compute: (value: PooledValue) => Value): boolean {
  if (pool.length < 16 * SAMPLE) return false;
  const sample = new Set(codes.subarray(0, SAMPLE));
  return new Set([...sample].map((code) => compute(pool[code] as PooledValue))).size * 4 < sample.size;
}

/** A result for each code of the pool, under the same codes. */
function ownResults(pool: readonly PooledValue[], type: PooledType): PoolResults {
  const missing: PooledValue = type === 'string' ? '' : null;
  const values = new Array<PooledValue>(pool.length).fill(missing);
  const known = new Uint8Array(pool.length);
  return {
    column(codes, compute) {
      for (let row = skipKnown(known, codes, 0); row < codes.length; row = skipKnown(known, codes, row + 1)) {
        const code = codes[row] as number;
        known[code] = 1;
        values[code] = (compute(pool[code] as PooledValue) ?? missing) as PooledValue;
      }
      return { kind: 'pooled', type, length: codes.length, codes, values };
    },
  };
}

/**
 * Few different texts for many values, each kept once (the host of a URL, say): what reads them next meets few values, and
 * a million copies of them are neither held nor copied by the collector. As long as the pool, since a pool never grows
 * once it is handed out.
 */
function repeatedTexts(pool: readonly PooledValue[]): PoolResults {
  const texts = new TextTable();
  const values = new Array<PooledValue>(pool.length).fill('');
  const numbers = new Int32Array(pool.length).fill(-1);
  const meet = (code: number, compute: (value: PooledValue) => Value): number => {
    const text = (compute(pool[code] as PooledValue) ?? '') as string;
    const number = texts.number(text, true);
    values[number] = text;
    numbers[code] = number;
    return number;
  };
  return {
    column(codes, compute) {
      const { length } = codes;
      const own = new Int32Array(length);
      for (let row = translate(numbers, codes, own, 0); row < length; row = translate(numbers, codes, own, row + 1)) {
        own[row] = meet(codes[row] as number, compute);
      }
      return { kind: 'pooled', type: 'string', length, codes: own, values };
    },
  };
}

/** The first row from `from` on whose code is not known. */
function skipKnown(known: Uint8Array, codes: Int32Array, from: number): number {
  let row = from;
  while (row < codes.length && known[codes[row] as number] === 1) row++;
  return row;
}

/** What is known of a number that is not simply there. */
const UNMET = 0;
const PRESENT = 1;
const MISSING = 2;

function numberResults(pool: readonly PooledValue[], type: 'int' | 'real' | Int64Type): PoolResults {
  /** The results; NaN for those that have to be looked at more closely. */
  const numbers = new Float64Array(pool.length).fill(Number.NaN);
  const known = new Uint8Array(pool.length);
  /** Results that no double holds. */
  const wide = new Map<number, bigint>();

  function meet(code: number, compute: (value: PooledValue) => Value): number {
    const value = compute(pool[code] as PooledValue);
    known[code] = value === null ? MISSING : PRESENT;
    if (value === null) return MISSING;
    const number = typeof value === 'bigint' ? toNarrow(type, value) : value;
    if (number === undefined) wide.set(code, value as bigint);
    else numbers[code] = Number(number);
    return PRESENT;
  }

  function narrowColumn(codes: Int32Array, compute: (value: PooledValue) => Value): Column {
    const { length } = codes;
    const data = type === 'int' ? new Int32Array(length) : new Float64Array(length);
    let nulls: Uint8Array | undefined;
    for (let row = copyNumbers(numbers, codes, data, 0); row < length; ) {
      const code = codes[row] as number;
      const state = known[code] === UNMET ? meet(code, compute) : known[code];
      if (state === MISSING) {
        nulls ??= new Uint8Array(length);
        nulls[row] = 1;
      } else data[row] = numbers[code] as number;
      row = copyNumbers(numbers, codes, data, row + 1);
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

/** Copies results from row `from` on, up to the first that is NaN (see translate.ts). */
function copyNumbers(numbers: Float64Array, codes: Int32Array, data: Int32Array | Float64Array, from: number): number {
  for (let row = from; row < codes.length; row++) {
    const number = numbers[codes[row] as number] as number;
    if (Number.isNaN(number)) return row;
    data[row] = number;
  }
  return codes.length;
}

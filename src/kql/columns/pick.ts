import type { Column, NullMask } from './column.ts';

/** The rows named, in that order; none is -1 (see gather.ts for that). */
export function pick(column: Column, rows: Int32Array): Column {
  const { length } = rows;
  switch (column.kind) {
    case 'pooled':
      return { ...column, length, codes: column.codes === undefined ? rows : pickInts(column.codes, rows) };
    case 'int':
      return { ...column, length, data: pickInts(column.data, rows), nulls: pickNulls(column.nulls, rows) };
    case 'real':
      return { ...column, length, data: pickDoubles(column.data, rows), nulls: pickNulls(column.nulls, rows) };
    case 'bool':
      return { ...column, length, data: pickBytes(column.data, rows), nulls: pickNulls(column.nulls, rows) };
    case 'int64': {
      const { data } = column;
      const picked = data instanceof Float64Array ? pickDoubles(data, rows) : pickWide(data, rows);
      return { ...column, length, data: picked, nulls: pickNulls(column.nulls, rows) };
    }
    default:
      return column satisfies never;
  }
}

const pickNulls = (nulls: NullMask, rows: Int32Array): NullMask =>
  nulls === undefined ? undefined : pickBytes(nulls, rows);

// A function a type: the compiler makes one loop that fits them all several times as slow.
function pickInts(source: Int32Array, rows: Int32Array): Int32Array {
  const picked = new Int32Array(rows.length);
  for (let at = 0; at < picked.length; at++) picked[at] = source[rows[at] as number] as number;
  return picked;
}

function pickDoubles(source: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let at = 0; at < picked.length; at++) picked[at] = source[rows[at] as number] as number;
  return picked;
}

function pickBytes(source: Uint8Array, rows: Int32Array): Uint8Array {
  const picked = new Uint8Array(rows.length);
  for (let at = 0; at < picked.length; at++) picked[at] = source[rows[at] as number] as number;
  return picked;
}

const pickWide = (source: BigInt64Array, rows: Int32Array): BigInt64Array =>
  BigInt64Array.from(rows, (row) => source[row] as bigint);

import type { Column, NullMask } from './column.ts';
import { newRoom, type Room } from './scratch.ts';

/** The rows named, in that order; none is -1 (see gather.ts for that). */
export function pick(column: Column, rows: Int32Array, room: Room = newRoom): Column {
  const { length } = rows;
  switch (column.kind) {
    case 'pooled':
      return {
        ...column,
        length,
        codes: column.codes === undefined ? rows : pickInts(column.codes, rows, room.ints(length)),
      };
    case 'int':
      return {
        ...column,
        length,
        data: pickInts(column.data, rows, room.ints(length)),
        nulls: pickNulls(column.nulls, rows),
      };
    case 'real':
      return {
        ...column,
        length,
        data: pickDoubles(column.data, rows, room.doubles(length)),
        nulls: pickNulls(column.nulls, rows),
      };
    case 'bool':
      return {
        ...column,
        length,
        data: pickBytes(column.data, rows, room.bytes(length)),
        nulls: pickNulls(column.nulls, rows),
      };
    case 'int64': {
      const { data } = column;
      const picked =
        data instanceof Float64Array ? pickDoubles(data, rows, room.doubles(length)) : pickWide(data, rows);
      return { ...column, length, data: picked, nulls: pickNulls(column.nulls, rows) };
    }
    default:
      return column satisfies never;
  }
}

const pickNulls = (nulls: NullMask, rows: Int32Array): NullMask =>
  nulls === undefined ? undefined : pickBytes(nulls, rows, new Uint8Array(rows.length));

// A function a type: the compiler makes one loop that fits them all several times as slow.
function pickInts(source: Int32Array, rows: Int32Array, picked: Int32Array): Int32Array {
  for (let at = 0; at < picked.length; at++) picked[at] = source[rows[at] as number] as number;
  return picked;
}

function pickDoubles(source: Float64Array, rows: Int32Array, picked: Float64Array): Float64Array {
  for (let at = 0; at < picked.length; at++) picked[at] = source[rows[at] as number] as number;
  return picked;
}

function pickBytes(source: Uint8Array, rows: Int32Array, picked: Uint8Array): Uint8Array {
  for (let at = 0; at < picked.length; at++) picked[at] = source[rows[at] as number] as number;
  return picked;
}

const pickWide = (source: BigInt64Array, rows: Int32Array): BigInt64Array =>
  BigInt64Array.from(rows, (row) => source[row] as bigint);

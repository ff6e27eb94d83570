import type { Column, PooledColumn, Vector } from '../columns/column.ts';
import { nullReader, valueReader } from '../columns/column.ts';
import { formatValue } from '../values/convert.ts';

/** Beyond this many different values a dictionary costs more than it saves. */
const MAX_CODES = 4096;

/** Small numbers for the different values of a column; undefined where they are too many. */
function encode(column: Column): { readonly codes: Int32Array; readonly firstRows: readonly number[] } | undefined {
  if (column.kind === 'pooled') {
    return column.codes === undefined ? undefined : { codes: column.codes, firstRows: [] };
  }
  if (column.data instanceof BigInt64Array) return undefined;
  const isNull = nullReader(column);
  const known = new Map<number, number>();
  const codes = new Int32Array(column.length);
  const firstRows: number[] = [];
  for (let row = 0; row < column.length; row++) {
    const key = isNull(row) ? Number.NaN : (column.data[row] as number);
    let code = known.get(key);
    if (code === undefined) {
      if (firstRows.length === MAX_CODES) return undefined;
      code = firstRows.length;
      known.set(key, code);
      firstRows.push(row);
    }
    codes[row] = code;
  }
  return { codes, firstRows };
}

/** A column of whole numbers, bools or ticks as text, each different value written once. */
export function numberTexts(vector: Vector): PooledColumn | undefined {
  // NaN and null would meet under one key, so reals are left out.
  if (vector.kind !== 'int' && vector.kind !== 'int64' && vector.kind !== 'bool') return undefined;
  const encoded = encode(vector);
  if (encoded === undefined) return undefined;
  const read = valueReader(vector);
  const values = encoded.firstRows.map((row) => formatValue(read(row), vector.type));
  return { kind: 'pooled', type: 'string', length: vector.length, codes: encoded.codes, values };
}

/** Vectors as text, one after the other: each different combination of dictionary codes is joined once. */
export function joinTexts(args: readonly Vector[], rowCount: number): PooledColumn | undefined {
  const texts = args.map((arg) => (arg.kind === 'constant' || arg.kind === 'pooled' ? arg : numberTexts(arg)));
  if (texts.includes(undefined)) return undefined;
  const parts = texts as readonly Vector[];
  const varying = parts.filter((part): part is PooledColumn => part.kind === 'pooled');
  if (varying.length < 2 || varying.some((part) => part.codes === undefined)) return undefined;
  const combinations = varying.reduce((product, part) => product * part.values.length, 1);
  if (combinations > Number.MAX_SAFE_INTEGER) return undefined;
  const readers = parts.map((part) => {
    const read = valueReader(part);
    return (row: number): string => formatValue(read(row), part.type);
  });
  const known = new Map<number, number>();
  const codes = new Int32Array(rowCount);
  const values: string[] = [];
  for (let row = 0; row < rowCount; row++) {
    let key = 0;
    for (const { codes: partCodes, values: pool } of varying)
      key = key * pool.length + ((partCodes as Int32Array)[row] as number);
    let code = known.get(key);
    if (code === undefined) {
      code = values.length;
      known.set(key, code);
      values.push(readers.map((read) => read(row)).join(''));
    }
    codes[row] = code;
  }
  return { kind: 'pooled', type: 'string', length: rowCount, codes, values };
}

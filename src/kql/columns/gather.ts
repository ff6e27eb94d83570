import { type Column, type NullMask, narrowBase, type PooledColumn, type PooledValue, type Vector } from './column.ts';

/** The rows at `indices`, in that order; an index of -1 gives a null (an empty string in a string column). */
export function gather<V extends Vector>(vector: V, indices: Int32Array): V;
export function gather(vector: Vector, indices: Int32Array): Vector {
  if (vector.kind === 'constant') return vector;
  if (vector.kind === 'pooled') {
    const { type, codes, values } = vector;
    const picked = new Int32Array(indices.length);
    let missing = -1;
    let pool: readonly PooledValue[] = values;
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] as number;
      if (index >= 0) picked[i] = codes === undefined ? index : (codes[index] as number);
      else {
        if (missing < 0) {
          missing = values.length;
          pool = [...values, type === 'string' ? '' : null];
        }
        picked[i] = missing;
      }
    }
    return { kind: 'pooled', type, length: indices.length, codes: picked, values: pool };
  }
  const { data, nulls } = gatherFixed(vector.data, vector.nulls, indices);
  return { ...vector, length: indices.length, data, nulls } as Column;
}

type FixedArray = Uint8Array | Int32Array | Float64Array | BigInt64Array;

function gatherFixed(source: FixedArray, nulls: NullMask, indices: Int32Array): { data: FixedArray; nulls: NullMask } {
  const length = indices.length;
  const data = allocateLike(source, length);
  let mask: Uint8Array | undefined;
  for (let i = 0; i < length; i++) {
    const index = indices[i] as number;
    if (index < 0 || (nulls !== undefined && nulls[index] === 1)) {
      mask ??= new Uint8Array(length);
      mask[i] = 1;
    } else {
      (data as Float64Array)[i] = (source as Float64Array)[index] as number;
    }
  }
  return { data, nulls: mask };
}

function allocateLike(source: FixedArray, length: number): FixedArray {
  if (source instanceof Float64Array) return new Float64Array(length);
  if (source instanceof Int32Array) return new Int32Array(length);
  if (source instanceof Uint8Array) return new Uint8Array(length);
  return new BigInt64Array(length);
}

/** Rows `from` up to but not including `to`, without copying. */
export function slice(column: Column, from: number, to: number): Column {
  const length = to - from;
  if (column.kind === 'pooled') {
    const { codes, values } = column;
    if (codes === undefined) return { ...column, length, values: values.slice(from, to) };
    return { ...column, length, codes: codes.subarray(from, to) };
  }
  return { ...column, length, data: column.data.subarray(from, to), nulls: column.nulls?.subarray(from, to) } as Column;
}

/** The columns one after the other; all have the same type. */
export function concat(columns: readonly Column[]): Column {
  const first = columns[0];
  if (first === undefined) throw new RangeError('concat needs at least one column');
  if (columns.length === 1) return first;
  const length = columns.reduce((sum, column) => sum + column.length, 0);
  if (first.kind === 'pooled') return concatPooled(columns as readonly Extract<Column, { kind: 'pooled' }>[], length);
  const parts = widenAll(columns as readonly Exclude<Column, { kind: 'pooled' }>[]);
  const data = allocateLike((parts[0] as { data: FixedArray }).data, length);
  const nulls = parts.some((part) => part.nulls !== undefined) ? new Uint8Array(length) : undefined;
  let at = 0;
  for (const part of parts) {
    (data as Float64Array).set(part.data as Float64Array, at);
    if (part.nulls !== undefined) nulls?.set(part.nulls, at);
    at += part.length;
  }
  return { ...first, length, data, nulls } as Column;
}

type FixedColumn = Exclude<Column, { kind: 'pooled' }>;

/** 64-bit columns in one form: if any is wide, all are. */
function widenAll(columns: readonly FixedColumn[]): readonly FixedColumn[] {
  if (!columns.some((column) => column.data instanceof BigInt64Array)) return columns;
  return columns.map((column) => {
    if (column.kind !== 'int64' || column.data instanceof BigInt64Array) return column;
    const base = narrowBase(column.type);
    return { ...column, data: BigInt64Array.from(column.data, (value) => BigInt(value) + base) };
  });
}

function concatPooled(columns: readonly Extract<Column, { kind: 'pooled' }>[], length: number): Column {
  const [{ values, codes: firstCodes }] = columns as [PooledColumn];
  if (firstCodes !== undefined && columns.every((column) => column.values === values && column.codes !== undefined)) {
    const codes = new Int32Array(length);
    let end = 0;
    for (const column of columns) {
      codes.set(column.codes as Int32Array, end);
      end += column.length;
    }
    return { kind: 'pooled', type: (columns[0] as PooledColumn).type, length, codes, values };
  }

  const first = columns[0] as Extract<Column, { kind: 'pooled' }>;
  const codes = new Int32Array(length);
  // Columns that share a pool (batches of one file) keep it; other pools are laid one after the other.
  const bases = new Map<readonly PooledValue[], number>();
  const pool: PooledValue[] = [];
  let at = 0;
  for (const column of columns) {
    let base = bases.get(column.values);
    if (base === undefined) {
      base = pool.length;
      bases.set(column.values, base);
      for (const value of column.values) pool.push(value);
    }
    for (let row = 0; row < column.length; row++)
      codes[at++] = base + (column.codes === undefined ? row : (column.codes[row] as number));
  }
  return { kind: 'pooled', type: first.type, length, codes, values: pool };
}

import { type Column, constant, type PooledColumn, type Vector, valueReader } from '../columns/column.ts';
import { createColumnBuilder } from '../columns/column-builder.ts';
import { gather } from '../columns/gather.ts';
import { convertValue } from '../values/convert.ts';
import type { ColumnType } from '../values/value.ts';

/** The vector with every value converted to the type, as the `to…()` functions convert. */
export function convertVector(vector: Vector, type: ColumnType, rowCount: number): Vector {
  if (vector.type === type) return vector;
  if (vector.kind === 'constant') return constant(type, convertValue(vector.value, vector.type, type));
  const fast = convertNumbers(vector, type);
  if (fast !== undefined) return fast;
  // A slice of a large table may use little of its pool.
  if (vector.kind === 'pooled' && vector.codes !== undefined && vector.values.length <= rowCount)
    return convertPool(vector, vector.codes, type);
  const read = valueReader(vector);
  const builder = createColumnBuilder(type);
  for (let row = 0; row < rowCount; row++) builder.append(convertValue(read(row), vector.type, type));
  return builder.build();
}

/** Each distinct value once. */
function convertPool(vector: PooledColumn, codes: Int32Array, type: ColumnType): Column {
  const builder = createColumnBuilder(type);
  for (const value of vector.values) builder.append(convertValue(value, vector.type, type));
  return gather(builder.build(), codes);
}

/** int → long → real without a detour over bigint; undefined for other pairs. */
function convertNumbers(vector: Column, type: ColumnType): Column | undefined {
  const { length } = vector;
  if (vector.kind === 'int' && type === 'long') {
    return { kind: 'int64', type, length, data: new Float64Array(vector.data), nulls: vector.nulls };
  }
  if (vector.kind === 'int' && type === 'real') {
    return { kind: 'real', type, length, data: new Float64Array(vector.data), nulls: vector.nulls };
  }
  if (vector.kind !== 'int64' || !(vector.data instanceof Float64Array)) return undefined;
  if (vector.type !== 'datetime' && type === 'real') {
    return { kind: 'real', type, length, data: vector.data, nulls: vector.nulls };
  }
  return undefined;
}

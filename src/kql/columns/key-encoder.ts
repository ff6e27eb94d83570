import { formatValue } from '../values/convert.ts';
import type { DynamicValue } from '../values/dynamic.ts';
import { formatJson } from '../values/json.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { type Column, narrowBase, type PooledColumn, type PooledValue, type Vector, valueReader } from './column.ts';
import { NumberTable } from './hash-table.ts';

/**
 * Numbers the distinct values of a key column from 0, in the order in which they are first met, over any number of
 * batches; a null is a value like others, so null keys are equal to each other.
 */
export type KeyEncoder = {
  /** The number of each row's value, or -1 where it is not known and `insert` is false. */
  encode(vector: Vector, rowCount: number, insert: boolean): Int32Array;
  readonly size: number;
  value(id: number): Value;
};

/** An encoder for the type: numbers by hash of their bits, everything else by hash of its text, once per distinct value. */
export function createKeyEncoder(type: ColumnType): KeyEncoder {
  return new TypedKeyEncoder(type);
}

class TypedKeyEncoder implements KeyEncoder {
  private readonly type: ColumnType;
  private readonly numbers = new NumberTable();
  private readonly idsOfNumbers: number[] = [];
  private readonly texts = new Map<unknown, number>();
  private readonly values: Value[] = [];
  private readonly pools = new WeakMap<readonly PooledValue[], Int32Array>();
  private nullId = -1;

  constructor(type: ColumnType) {
    this.type = type;
  }

  get size(): number {
    return this.values.length;
  }

  value(id: number): Value {
    return this.values[id] as Value;
  }

  encode(vector: Vector, rowCount: number, insert: boolean): Int32Array {
    if (vector.kind === 'constant') return new Int32Array(rowCount).fill(this.idOfValue(vector.value, insert));
    if (vector.kind === 'pooled' && vector.codes !== undefined) return this.encodePool(vector, vector.codes, insert);
    if (
      vector.kind === 'int' ||
      vector.kind === 'real' ||
      (vector.kind === 'int64' && vector.data instanceof Float64Array)
    ) {
      return this.encodeNumbers(vector, vector.data as Float64Array | Int32Array, rowCount, insert);
    }
    const read = valueReader(vector);
    const ids = new Int32Array(rowCount);
    for (let row = 0; row < rowCount; row++) ids[row] = this.idOfValue(read(row), insert);
    return ids;
  }

  private encodeNumbers(
    column: Column,
    data: Float64Array | Int32Array,
    rowCount: number,
    insert: boolean,
  ): Int32Array {
    const nulls = column.kind === 'pooled' ? undefined : column.nulls;
    const ids = new Int32Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      ids[row] = nulls?.[row] === 1 ? this.idOfNull(insert) : this.idOfNumber(data[row] as number, insert);
    }
    return ids;
  }

  private idOfNumber(value: number, insert: boolean): number {
    const number = this.numbers.number(value, insert);
    if (number < 0) return -1;
    const known = this.idsOfNumbers[number];
    if (known !== undefined) return known;
    const id = this.add(this.fromNumber(value));
    this.idsOfNumbers[number] = id;
    return id;
  }

  private fromNumber(value: number): Value {
    if (this.type === 'int' || this.type === 'real') return value;
    return BigInt(value) + narrowBase(this.type);
  }

  private encodePool({ values }: PooledColumn, codes: Int32Array, insert: boolean): Int32Array {
    let known = this.pools.get(values);
    if (known === undefined) {
      known = new Int32Array(values.length).fill(-1);
      this.pools.set(values, known);
    }
    const ids = new Int32Array(codes.length);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      let id = known[code] as number;
      if (id < 0) {
        id = this.idOfValue(values[code] as Value, insert);
        known[code] = id;
      }
      ids[row] = id;
    }
    return ids;
  }

  private idOfNull(insert: boolean): number {
    if (this.nullId < 0 && insert) this.nullId = this.add(null);
    return this.nullId;
  }

  private idOfValue(value: Value, insert: boolean): number {
    if (value === null) return this.idOfNull(insert);
    if (typeof value === 'number' && (this.type === 'int' || this.type === 'real'))
      return this.idOfNumber(value, insert);
    if (typeof value === 'bigint' && this.type !== 'dynamic') {
      const narrow = Number(value - narrowBase(this.type));
      if (Number.isSafeInteger(narrow)) return this.idOfNumber(narrow, insert);
    }
    const key = this.keyOf(value);
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    if (!insert) return -1;
    const id = this.add(value);
    this.texts.set(key, id);
    return id;
  }

  /** What makes two values the same key: dynamic values by their JSON, decimals by their digits. */
  private keyOf(value: Value): unknown {
    if (this.type === 'dynamic') return formatJson(value as DynamicValue);
    return this.type === 'decimal' ? formatValue(value, 'decimal') : value;
  }

  private add(value: Value): number {
    this.values.push(value);
    return this.values.length - 1;
  }
}

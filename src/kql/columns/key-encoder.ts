import { formatValue } from '../values/convert.ts';
import type { DynamicValue } from '../values/dynamic.ts';
import { formatJson } from '../values/json.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { type Column, type PooledType, type PooledValue, type Vector, valueReader } from './column.ts';
import { NumberKeyEncoder } from './number-key-encoder.ts';
import { rowNumbers } from './row-numbers.ts';
import { TextTable } from './text-table.ts';
import { translate } from './translate.ts';

/**
 * Numbers the distinct values of a key column from 0, in the order in which they are first met, over any number of
 * batches; a null is a value like others, so null keys are equal to each other.
 */
export type KeyEncoder = {
  /** Writes the number of each row's value to `ids`, or -1 where it is not known and `insert` is false; gives `ids` back. */
  encode(vector: Vector, ids: Int32Array, insert: boolean): Int32Array;
  readonly size: number;
  value(id: number): Value;
  /** The values of the ids as a column. */
  column(ids: Int32Array): Column;
};

/** An encoder for the type: numbers by their bits, everything else by its text, once per distinct value. */
export function createKeyEncoder(type: ColumnType): KeyEncoder {
  switch (type) {
    case 'string':
    case 'guid':
    case 'decimal':
    case 'dynamic':
      return new PooledKeyEncoder(type);
    default:
      return new NumberKeyEncoder(type);
  }
}

class PooledKeyEncoder implements KeyEncoder {
  private readonly type: PooledType;
  private readonly texts = new TextTable();
  /** The id of the null, which has no text. */
  private nullId = -1;
  /** The id of each entry of `texts`; absent while ids and entries agree, which is until the null is met. */
  private idsOfTexts: number[] | undefined;
  private readonly values: PooledValue[] = [];
  /**
   * For each pool the ids of its values: -1 where a value was not looked up yet, and below that -2 - n where it was not
   * there when there were n values.
   */
  private readonly pools = new WeakMap<readonly PooledValue[], Int32Array>();

  constructor(type: PooledType) {
    this.type = type;
  }

  get size(): number {
    return this.values.length;
  }

  value(id: number): Value {
    return this.values[id] as Value;
  }

  column(ids: Int32Array): Column {
    return { kind: 'pooled', type: this.type, length: ids.length, codes: ids, values: this.values };
  }

  encode(vector: Vector, ids: Int32Array, insert: boolean): Int32Array {
    if (vector.kind === 'constant') return ids.fill(this.idOf(vector.value as PooledValue, insert));
    if (vector.kind === 'pooled' && vector.codes !== undefined) {
      this.encodePool(vector.values, vector.codes, ids, insert);
      return ids;
    }
    const read = valueReader(vector);
    for (let row = 0; row < ids.length; row++) ids[row] = this.idOf(read(row) as PooledValue, insert);
    return ids;
  }

  private encodePool(values: readonly PooledValue[], codes: Int32Array, ids: Int32Array, insert: boolean): void {
    let known = this.pools.get(values);
    if (known === undefined) {
      known = new Int32Array(values.length).fill(-1);
      this.pools.set(values, known);
    }
    for (let row = translate(known, codes, ids, 0); row < codes.length; row = translate(known, codes, ids, row + 1)) {
      const code = codes[row] as number;
      const isMissing = !insert && known[code] === -2 - this.size;
      const id = isMissing ? -1 : this.idOf(values[code] as PooledValue, insert);
      ids[row] = id;
      known[code] = id < 0 ? -2 - this.size : id;
    }
  }

  private idOf(value: PooledValue, insert: boolean): number {
    if (value === null) return this.idOfNull(insert);
    const known = this.texts.size;
    const text = this.texts.number(this.textOf(value), insert);
    if (text === known) {
      const id = this.values.push(value) - 1;
      this.idsOfTexts?.push(id);
      return id;
    }
    return text < 0 || this.idsOfTexts === undefined ? text : (this.idsOfTexts[text] as number);
  }

  private idOfNull(insert: boolean): number {
    if (this.nullId < 0 && insert) {
      this.idsOfTexts = Array.from(rowNumbers(this.texts.size));
      // A null in a string column is the empty string, but a key of its own.
      this.nullId = this.values.push(this.type === 'string' ? '' : null) - 1;
    }
    return this.nullId;
  }

  /** What makes two values the same key: dynamic values by their JSON, decimals by their digits. */
  private textOf(value: Exclude<PooledValue, null>): string {
    if (this.type === 'dynamic') return formatJson(value as DynamicValue);
    return this.type === 'decimal' ? formatValue(value, 'decimal') : (value as string);
  }
}

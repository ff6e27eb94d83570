import {
  type Column,
  constant,
  nullReader,
  type PooledColumn,
  type PooledValue,
  type Vector,
  valueReader,
} from '../columns/column.ts';
import { createColumnBuilder } from '../columns/column-builder.ts';
import { gather } from '../columns/gather.ts';
import type { Evaluate, ScalarOverload } from '../functions/scalar-function.ts';
import type { ColumnType, Value } from '../values/value.ts';

/** A pool so many times longer than the batch is not walked as a whole. */
const POOL_TO_ROWS = 4;

type RowFunction = (...values: Value[]) => Value;

/** A function of scalars as a function of vectors; nulls, constants and distinct values are seen to here, once. */
export type LiftedFunction = (args: readonly Vector[], rowCount: number) => Vector;

/**
 * Lifts `evaluate`: constants stay constant; a function of one dictionary-encoded column runs once per distinct value,
 * and once only over all batches that share the dictionary; everything else is a loop over rows.
 */
export function liftFunction(overload: ScalarOverload, evaluate: Evaluate, type: ColumnType): LiftedFunction {
  const rowFunction = evaluate as unknown as RowFunction;
  const passNulls = overload.nulls === 'pass';
  const missing: Value = type === 'string' ? '' : null;
  const memo = new WeakMap<readonly PooledValue[], PoolResults>();

  return (args, rowCount) => {
    const varying = args.filter((arg) => arg.kind !== 'constant');
    if (!passNulls && args.some((arg) => arg.kind === 'constant' && arg.value === null)) return constant(type, missing);
    if (varying.length === 0 && overload.volatile !== true) {
      return constant(type, rowFunction(...args.map((arg) => (arg as { value: Value }).value)) ?? missing);
    }
    const only = varying[0];
    if (overload.volatile !== true && varying.length === 1 && only?.kind === 'pooled' && only.codes !== undefined) {
      return only.values.length <= POOL_TO_ROWS * rowCount ? overDistinct(only, args) : overFew(only, only.codes, args);
    }
    return overRows(args, rowCount);
  };

  function overRows(args: readonly Vector[], rowCount: number): Column {
    const builder = createColumnBuilder(type);
    const readers = args.map(valueReader);
    const isNull = passNulls ? [] : args.map(nullReader);
    for (let row = 0; row < rowCount; row++) {
      if (isNull.some((test) => test(row))) builder.append(missing);
      else builder.append(rowFunction(...readers.map((read) => read(row))) ?? missing);
    }
    return builder.build();
  }

  /** A slice that uses little of its pool: distinct values once, without state as long as the pool. */
  function overFew(column: PooledColumn, codes: Int32Array, args: readonly Vector[]): Column {
    const position = args.indexOf(column);
    const values: Value[] = args.map((arg) => (arg.kind === 'constant' ? arg.value : null));
    const known = new Map<number, Value>();
    const builder = createColumnBuilder(type);
    for (const code of codes) {
      let result = known.get(code);
      if (result === undefined) {
        const value = column.values[code] as Value;
        values[position] = value;
        result = value === null && !passNulls ? missing : (rowFunction(...values) ?? missing);
        known.set(code, result);
      }
      builder.append(result);
    }
    return builder.build();
  }

  function overDistinct(column: PooledColumn, args: readonly Vector[]): Column {
    const codes = column.codes as Int32Array;
    let results = memo.get(column.values);
    if (results === undefined) {
      results = new PoolResults(column.values, missing);
      memo.set(column.values, results);
    }
    const position = args.indexOf(column);
    const values: Value[] = args.map((arg) => (arg.kind === 'constant' ? arg.value : null));
    return results.gather(codes, type, (value) => {
      if (value === null && !passNulls) return missing;
      values[position] = value;
      return rowFunction(...values) ?? missing;
    });
  }
}

/** What a function gave for the values of one pool, filled as they are met. */
class PoolResults {
  private readonly pool: readonly PooledValue[];
  private readonly results: Value[];
  private readonly known: Uint8Array;
  private column: Column | undefined;

  constructor(pool: readonly PooledValue[], missing: Value) {
    this.pool = pool;
    this.results = new Array<Value>(pool.length).fill(missing);
    this.known = new Uint8Array(pool.length);
  }

  gather(codes: Int32Array, type: ColumnType, compute: (value: Value) => Value): Column {
    let fresh = this.column === undefined;
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      if (this.known[code] === 1) continue;
      this.known[code] = 1;
      this.results[code] = compute(this.pool[code] as Value);
      fresh = true;
    }
    if (fresh) this.column = this.build(type);
    return gather(this.column as Column, codes);
  }

  private build(type: ColumnType): Column {
    if (type === 'string' || type === 'guid' || type === 'decimal' || type === 'dynamic') {
      return {
        kind: 'pooled',
        type,
        length: this.results.length,
        codes: undefined,
        values: this.results as PooledValue[],
      };
    }
    const builder = createColumnBuilder(type);
    for (const result of this.results) builder.append(result);
    return builder.build();
  }
}

import {
  type Column,
  constant,
  isPooledType,
  nullReader,
  type PooledType,
  type PooledValue,
  type Vector,
  valueReader,
} from '../columns/column.ts';
import { createColumnBuilder } from '../columns/column-builder.ts';
import type { Evaluate, ScalarOverload } from '../functions/scalar-function.ts';
import type { ColumnType, Value } from '../values/value.ts';
import { bindConstants } from './bind-constants.ts';
import { createPoolResults, type PoolResults } from './pool-results.ts';

type RowFunction = (...values: Value[]) => Value;

/** A function of scalars as a function of vectors; nulls, constants and distinct values are seen to here, once. */
export type LiftedFunction = (args: readonly Vector[], rowCount: number) => Vector;

/**
 * Lifts `evaluate`: constants stay constant; a function of one dictionary-encoded column runs once per distinct value,
 * and once only over all batches that share the dictionary; everything else is a loop over rows.
 */
export function liftFunction(
  overload: Pick<ScalarOverload, 'nulls' | 'volatile'>,
  evaluate: Evaluate,
  type: ColumnType,
): LiftedFunction {
  const rowFunction = evaluate as unknown as RowFunction;
  const passNulls = overload.nulls === 'pass';
  const missing: Value = type === 'string' ? '' : null;
  const overPool = createPoolFunction(type);

  return (args, rowCount) => {
    const varying = args.filter((arg) => arg.kind !== 'constant');
    if (!passNulls && args.some((arg) => arg.kind === 'constant' && arg.value === null)) return constant(type, missing);
    if (varying.length === 0 && overload.volatile !== true) {
      return constant(type, rowFunction(...args.map((arg) => (arg as { value: Value }).value)) ?? missing);
    }
    const only = varying[0];
    if (overload.volatile !== true && varying.length === 1 && only?.kind === 'pooled' && only.codes !== undefined) {
      return overPool(only.values, only.codes, ofOneArgument(args, args.indexOf(only)));
    }
    return overRows(args, rowCount);
  };

  function ofOneArgument(args: readonly Vector[], position: number): (value: PooledValue) => Value {
    const values: Value[] = args.map((arg) => (arg.kind === 'constant' ? arg.value : null));
    const apply = bindConstants(rowFunction, values, position);
    return (value) => (value === null && !passNulls ? missing : (apply(value) ?? missing));
  }

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
}

/** Applies a function to the values of a pool that the codes name. */
export type PoolFunction = (
  pool: readonly PooledValue[],
  codes: Int32Array,
  compute: (value: PooledValue) => Value,
) => Column;

/**
 * Remembers the results of each pool over all batches that share it. Where the results are a pool themselves and the
 * batches seen so far use little of theirs, none as long as that is set up.
 */
export function createPoolFunction(type: ColumnType): PoolFunction {
  const memo = new WeakMap<readonly PooledValue[], { rows: number; results: PoolResults | undefined }>();
  return (pool, codes, compute) => {
    let known = memo.get(pool);
    if (known === undefined) {
      known = { rows: 0, results: undefined };
      memo.set(pool, known);
    }
    known.rows += codes.length;
    if (known.results === undefined && isPooledType(type) && pool.length > POOL_TO_ROWS * known.rows) {
      return overFew(pool, codes, compute, type);
    }
    known.results ??= createPoolResults(pool, type);
    return known.results.column(codes, compute);
  };
}

/** A pool so many times longer than the rows that use it is not walked as a whole. */
const POOL_TO_ROWS = 32;

/** Distinct values once, without state as long as the pool. */
function overFew(
  pool: readonly PooledValue[],
  codes: Int32Array,
  compute: (value: PooledValue) => Value,
  type: PooledType,
): Column {
  const known = new Map<number, number>();
  const values: PooledValue[] = [];
  const results = codes.map((code) => {
    const met = known.get(code);
    if (met !== undefined) return met;
    known.set(code, values.length);
    return values.push(compute(pool[code] as PooledValue) as PooledValue) - 1;
  });
  return { kind: 'pooled', type, length: codes.length, codes: results, values };
}

import assert from 'node:assert/strict';
import { type PooledColumn, valueReader } from '../../../src/kql/columns/column.ts';
import { createPoolResults } from '../../../src/kql/expression/pool-results.ts';
import type { ColumnType, Value } from '../../../src/kql/values/value.ts';

const POOL = Array.from({ length: 10_000 }, (_, index) => `value ${index}`);
const indexOf = (value: Value): number => Number((value as string).slice(6));

/** What two batches get of one function, row by row. */
function results(type: ColumnType, compute: (index: number) => Value, ...batches: readonly Int32Array[]) {
  const pool = createPoolResults(POOL, type);
  return batches.map((codes) => {
    const column = pool.column(codes, (value) => compute(indexOf(value)));
    const read = valueReader(column);
    return { column, values: Array.from(codes, (_, row) => read(row)) };
  });
}

describe('Results of a function over a pool', () => {
  const first = Int32Array.from({ length: 3000 }, (_, row) => row * 2);
  const second = Int32Array.from({ length: 3000 }, (_, row) => 9000 - row * 3);

  it('keep texts that repeat once, under codes that stay what they were', () => {
    const [one, two] = results('string', (index) => ['GET', 'PUT', null][index % 3] as Value, first, second);
    const expected = (codes: Int32Array) => Array.from(codes, (code) => ['GET', 'PUT', ''][code % 3]);
    assert.deepEqual(one?.values, expected(first));
    assert.deepEqual(two?.values, expected(second));
    const [early, late] = [one?.column, two?.column] as [PooledColumn, PooledColumn];
    assert.equal(early.values, late.values);
    assert.deepEqual([...new Set([...(early.codes ?? []), ...(late.codes ?? [])])].sort(), [0, 1, 2]);
  });

  it('keep texts that differ under the codes of the pool', () => {
    const [one] = results('string', (index) => `${index}!`, first);
    assert.deepEqual(
      one?.values,
      Array.from(first, (code) => `${code}!`),
    );
    assert.equal((one?.column as PooledColumn).codes, first);
  });

  it('are exact for longs that no double holds, for NaN and for null', () => {
    const longs = [1n, 2n ** 60n + 1n, null];
    const reals = [0.5, Number.NaN, null];
    const codes = Int32Array.of(5, 0, 1, 2, 4, 1);
    const rest = Array.from(codes, (code) => code % 3);
    assert.deepEqual(
      results('long', (index) => longs[index % 3] as Value, codes)[0]?.values,
      rest.map((at) => longs[at]),
    );
    assert.deepEqual(
      results('real', (index) => reals[index % 3] as Value, codes)[0]?.values,
      rest.map((at) => reals[at]),
    );
  });

  it('tell false from null', () => {
    const truths = [true, false, null];
    const codes = Int32Array.of(2, 0, 1, 1, 0, 2);
    const [one] = results('bool', (index) => truths[index % 3] as Value, codes);
    assert.deepEqual(
      one?.values,
      Array.from(codes, (code) => truths[code % 3]),
    );
  });

  it('are computed once a value, over all batches', () => {
    let calls = 0;
    const counting = (index: number): Value => {
      calls++;
      return index;
    };
    results('int', counting, first, first, first);
    assert.equal(calls, first.length);
  });
});

import assert from 'node:assert/strict';
import { type Column, valueReader } from '../../../src/kql/columns/column.ts';
import { columnOf } from '../../../src/kql/columns/column-builder.ts';
import { pick } from '../../../src/kql/columns/pick.ts';
import type { ColumnType, Value } from '../../../src/kql/values/value.ts';

const columns: Readonly<Record<string, readonly [ColumnType, readonly Value[]]>> = {
  bools: ['bool', [true, false, null, true]],
  ints: ['int', [1, -2, null, 4]],
  reals: ['real', [0.5, null, Number.POSITIVE_INFINITY, -0.5]],
  longs: ['long', [1n, null, 3n, 4n]],
  'longs beyond what a double holds': ['long', [2n ** 60n + 1n, null, -(2n ** 60n) - 1n, 0n]],
  datetimes: ['datetime', [637_134_336_000_000_000n, null, 1n, 2n]],
  strings: ['string', ['a', '', 'a', 'b']],
  dynamics: ['dynamic', [null, [1n], 'x', null]],
};

describe('Picking rows', () => {
  for (const [name, [type, values]] of Object.entries(columns)) {
    it(`gives ${name} and their nulls in the order asked for, a row as often as it is named`, () => {
      const picked = pick(columnOf(type, values), Int32Array.of(3, 0, 0, 2, 1));
      assert.equal(picked.length, 5);
      const read = valueReader(picked);
      assert.deepEqual(
        [0, 1, 2, 3, 4].map((row) => read(row)),
        [values[3], values[0], values[0], values[2], values[1]],
      );
    });
  }

  it('names the values of a pool without codes', () => {
    const column: Column = { kind: 'pooled', type: 'string', length: 3, codes: undefined, values: ['a', 'b', 'c'] };
    const read = valueReader(pick(column, Int32Array.of(2, 0)));
    assert.deepEqual([read(0), read(1)], ['c', 'a']);
  });
});

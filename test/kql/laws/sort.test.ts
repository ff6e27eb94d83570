import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareValues } from '../../../src/kql/values/compare.ts';
import type { ColumnType, Value } from '../../../src/kql/values/value.ts';
import { columns, prepare, type Row, rowsOf, showRow } from './random-table.ts';

type Key = { readonly name: string; readonly direction: 'asc' | 'desc'; readonly nulls: 'first' | 'last' };

/** 0 for a value, 1 for NaN, 2 for null. */
const missing = (value: Value): number => (value === null ? 2 : Number.isNaN(value) ? 1 : 0);

/** What the documentation says: nulls at one end, NaN between them and the values, all else by value. */
function compareBy({ name, direction, nulls }: Key): (a: Row, b: Row) => number {
  const type = columns.find((column) => column.name === name)?.type as ColumnType;
  return (a, b) => {
    const [x, y] = [a[name] as Value, b[name] as Value];
    if (missing(x) > 0 || missing(y) > 0) return (missing(x) - missing(y)) * (nulls === 'first' ? -1 : 1);
    return compareValues(x, y, type) * (direction === 'asc' ? 1 : -1);
  };
}

/** Array.prototype.sort is stable. */
const sorted = (rows: readonly Row[], keys: readonly Key[]): Row[] =>
  [...rows].sort((a, b) => keys.map((key) => compareBy(key)(a, b)).find((order) => order !== 0) ?? 0);

const keyOf: fc.Arbitrary<Key> = fc.record({
  name: fc.constantFrom('Text', 'Whole', 'Long', 'Real', 'Time', 'Flag'),
  direction: fc.constantFrom('asc', 'desc'),
  nulls: fc.constantFrom('first', 'last'),
});

const clauseOf = (keys: readonly Key[]): string =>
  keys.map(({ name, direction, nulls }) => `${name} ${direction} nulls ${nulls}`).join(', ');

describe('sort', () => {
  it('orders by every key in turn and leaves equal rows in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(keyOf, { minLength: 1, maxLength: 3 }), rowsOf(), async (keys, T) => {
        const run = prepare(`T | sort by ${clauseOf(keys)}`);
        assert.deepEqual((await run({ T })).map(showRow), sorted(T, keys).map(showRow));
      }),
      { numRuns: 120 },
    );
  });

  it('distributes many rows into the order in which few are compared', async () => {
    const keys: readonly Key[] = [
      { name: 'Real', direction: 'desc', nulls: 'last' },
      { name: 'Long', direction: 'asc', nulls: 'first' },
    ];
    const run = prepare(`T | sort by ${clauseOf(keys)}`);
    const row = fc.record({
      Real: fc.oneof(fc.double(), fc.constantFrom(-0, 0, 1, Number.NEGATIVE_INFINITY)),
      Long: fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 20, maxLength: 60 }), async (some) => {
        const T = Array.from({ length: 100 }, () => some)
          .flat()
          .map((cells, index): Row => ({ ...emptyRow, ...cells, Whole: index }));
        const result = (await run({ T })).map((found) => found.Whole);
        assert.deepEqual(
          result,
          sorted(T, keys).map((expected) => expected.Whole),
        );
      }),
      { numRuns: 6 },
    );
  });

  it('gives top the rows that come first', async () => {
    const key: Key = { name: 'Long', direction: 'desc', nulls: 'last' };
    const run = prepare('T | top 5 by Long desc');
    await fc.assert(
      fc.asyncProperty(rowsOf(), fc.constantFrom(1, 7, 1000), async (T, batchRows) => {
        assert.deepEqual((await run({ T }, batchRows)).map(showRow), sorted(T, [key]).slice(0, 5).map(showRow));
      }),
      { numRuns: 60 },
    );
  });
});

const emptyRow: Row = Object.fromEntries(columns.map(({ name, type }) => [name, type === 'string' ? '' : null]));

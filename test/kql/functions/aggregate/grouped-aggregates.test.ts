import assert from 'node:assert/strict';
import fc from 'fast-check';
import { batchOf, createMemoryTable, runQuery, tableRows, type Value } from '../../../../src/kql/index.ts';

type Row = { readonly k: string; readonly v: bigint | null; readonly r: number | null };

const MAX_LONG = 2n ** 63n - 1n;
const long = fc.oneof(
  fc.bigInt({ min: -9n, max: 9n }),
  fc.bigInt({ min: -MAX_LONG, max: MAX_LONG }),
  fc.constantFrom(2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n), MAX_LONG),
);
const row: fc.Arbitrary<Row> = fc.record({
  k: fc.constantFrom('a', 'b', 'c'),
  v: fc.option(long, { nil: null }),
  r: fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: null }),
});
const rows = fc.array(row, { minLength: 1, maxLength: 40 });

async function summarize(table: readonly Row[], aggregates: string, batchRows: number) {
  const columns = [
    { name: 'k', type: 'string' as const },
    { name: 'v', type: 'long' as const },
    { name: 'r', type: 'real' as const },
  ];
  const batch = batchOf(
    columns,
    table.map(({ k, v, r }) => [k, v, r]),
  );
  const tables = new Map([['T', createMemoryTable(batch)]]);
  const result = await runQuery(`T | summarize ${aggregates} by k`, { tables }, { nowTicks: 0n, batchRows });
  return new Map(tableRows(result.table).map((values) => [values.k as string, values]));
}

/** The rows of each key, in order. */
const groupsOf = (table: readonly Row[]): ReadonlyMap<string, readonly Row[]> =>
  new Map([...new Set(table.map(({ k }) => k))].map((key) => [key, table.filter(({ k }) => k === key)]));

const present = <T extends Value>(values: readonly (T | null)[]): readonly T[] =>
  values.filter((value): value is T => value !== null);

describe('Grouped aggregates equal a fold over the rows of each group, in batches of any size', () => {
  const check = (aggregates: string, expected: (group: readonly Row[]) => Record<string, Value>) =>
    fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(1, 7, 65_536), async (table, batchRows) => {
        const actual = await summarize(table, aggregates, batchRows);
        for (const [k, group] of groupsOf(table)) assert.deepEqual(actual.get(k), { k, ...expected(group) });
      }),
      { numRuns: 30 },
    );

  it('sums of longs are exact and wrap at 64 bits', () =>
    check('sum(v)', (group) => ({
      sum_v: BigInt.asIntN(
        64,
        present(group.map(({ v }) => v)).reduce((sum, value) => sum + value, 0n),
      ),
    })));

  it('extremes', () =>
    check('min(v), max(v)', (group) => {
      const sorted = [...present(group.map(({ v }) => v))].sort((a, b) => (a < b ? -1 : 1));
      return { min_v: sorted[0] ?? null, max_v: sorted.at(-1) ?? null };
    }));

  it('distinct values', () =>
    check('dcount(v), count_distinct(r), make_set(v)', (group) => ({
      dcount_v: BigInt(new Set(present(group.map(({ v }) => v))).size),
      count_distinct_r: BigInt(new Set(present(group.map(({ r }) => r))).size),
      set_v: [...new Set(present(group.map(({ v }) => v)))],
    })));

  it('conditional forms', () =>
    check('countif(r > 0), sumif(r, r > 0)', (group) => {
      const positive = present(group.map(({ r }) => r)).filter((value) => value > 0);
      return { countif_: BigInt(positive.length), sumif_r: positive.reduce((sum, value) => sum + value, 0) };
    }));

  it('percentiles by nearest rank', () =>
    check('percentiles(r, 0, 50, 90)', (group) => {
      const sorted = [...present(group.map(({ r }) => r))].sort((a, b) => a - b);
      const at = (share: number): Value => sorted[Math.max(0, Math.ceil((share * sorted.length) / 100) - 1)] ?? null;
      return { percentile_r_0: at(0), percentile_r_50: at(50), percentile_r_90: at(90) };
    }));

  it('the row of the extreme, the first of equal ones', () =>
    check('arg_max(r, v)', (group) => {
      let best = group[0] as Row;
      for (const candidate of group) {
        if (candidate.r !== null && (best.r === null || candidate.r > best.r)) best = candidate;
      }
      return { r: best.r, v: best.v };
    }));

  it('variances, within the last of their ten decimals', () =>
    fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(1, 7, 65_536), async (table, batchRows) => {
        const actual = await summarize(table, 'variance(r), variancep(r)', batchRows);
        for (const [k, group] of groupsOf(table)) {
          const values = present(group.map(({ r }) => r));
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          assertNear(actual.get(k)?.variance_r, values.length < 2 ? 0 : squares / (values.length - 1));
          assertNear(actual.get(k)?.variancep_r, values.length === 0 ? 0 : squares / values.length);
        }
      }),
      { numRuns: 30 },
    ));
});

function assertNear(actual: Value | undefined, expected: number): void {
  assert.ok(Math.abs(Number(actual) - expected) <= 1e-10 + 1e-14 * expected, `${String(actual)} is not ${expected}`);
}

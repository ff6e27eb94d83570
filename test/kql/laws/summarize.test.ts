import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareValues } from '../../../src/kql/values/compare.ts';
import { wrapLong } from '../../../src/kql/values/int64.ts';
import type { ColumnType, Value } from '../../../src/kql/values/value.ts';
import { asBag, columns, prepare, type Row, rowsOf, show } from './random-table.ts';

const present = (rows: readonly Row[], name: string): Value[] =>
  rows.map((row) => row[name] as Value).filter((value) => value !== null);

const sumLongs = (values: readonly Value[]): bigint =>
  wrapLong(values.reduce((sum: bigint, value) => sum + BigInt(value as bigint | number), 0n));

/** NaN is larger and smaller than any number, as in the service. */
function extreme(rows: readonly Row[], name: string, sign: 1 | -1): Value {
  const type = columns.find((column) => column.name === name)?.type as ColumnType;
  const values = present(rows, name);
  if (values.some((value) => Number.isNaN(value))) return Number.NaN;
  return values.reduce(
    (best: Value, value) => (best === null || compareValues(value, best, type) * sign > 0 ? value : best),
    null,
  );
}

/** The first row that has the largest value; the first of all where none has one. */
function lastRow(rows: readonly Row[], name: string): Row | undefined {
  const largest = extreme(rows, name, 1);
  return rows.find((row) => largest !== null && show(row[name]) === show(largest)) ?? rows[0];
}

const isTrue = (row: Row): boolean => row.Flag === true;

/** Aggregates with the fold over the rows of a group that they stand for. */
const folds: Readonly<Record<string, (rows: readonly Row[]) => Value>> = {
  'count()': (rows) => BigInt(rows.length),
  'countif(Flag)': (rows) => BigInt(rows.filter(isTrue).length),
  'sum(Long)': (rows) => sumLongs(present(rows, 'Long')),
  'sum(Whole)': (rows) => sumLongs(present(rows, 'Whole')),
  'sumif(Whole, Flag)': (rows) => sumLongs(present(rows.filter(isTrue), 'Whole')),
  'sum(Real)': (rows) => present(rows, 'Real').reduce((sum: number, value) => sum + (value as number), 0),
  'avg(Whole)': (rows) => Number(sumLongs(present(rows, 'Whole'))) / present(rows, 'Whole').length,
  'min(Long)': (rows) => extreme(rows, 'Long', -1),
  'max(Long)': (rows) => extreme(rows, 'Long', 1),
  'min(Real)': (rows) => extreme(rows, 'Real', -1),
  'max(Real)': (rows) => extreme(rows, 'Real', 1),
  'min(Whole)': (rows) => extreme(rows, 'Whole', -1),
  'max(Time)': (rows) => extreme(rows, 'Time', 1),
  'max(Text)': (rows) => extreme(rows, 'Text', 1),
  'maxif(Whole, Flag)': (rows) => extreme(rows.filter(isTrue), 'Whole', 1),
  'dcount(Text)': (rows) => BigInt(new Set(present(rows, 'Text')).size),
  'dcount(Long)': (rows) => BigInt(new Set(present(rows, 'Long')).size),
  'count_distinct(Real)': (rows) => BigInt(new Set(present(rows, 'Real')).size),
  'make_list(Whole)': (rows) => present(rows, 'Whole').map((value) => BigInt(value as number)),
  'make_set(Text)': (rows) => [...new Set(present(rows, 'Text') as string[])],
  'percentile(Long, 50)': (rows) => {
    const sorted = present(rows, 'Long').sort((a, b) => compareValues(a, b, 'long'));
    return sorted[Math.max(0, Math.ceil(sorted.length / 2) - 1)] ?? null;
  },
};

/** Rows by the text of their key. */
function groupBy(rows: readonly Row[], key: (row: Row) => Row): Map<string, { key: Row; rows: Row[] }> {
  const groups = new Map<string, { key: Row; rows: Row[] }>();
  for (const row of rows) {
    const own = key(row);
    const text = Object.values(own).map(show).join();
    const group = groups.get(text) ?? { key: own, rows: [] };
    group.rows.push(row);
    groups.set(text, group);
  }
  return groups;
}

const DAY = 864_000_000_000n;
const binOfDay = (time: Value): Value => (time === null ? null : ((time as bigint) / DAY) * DAY);

/** Keys of every form: one or several columns, computed ones, and none. */
const keys: Readonly<Record<string, (row: Row) => Row>> = {
  Text: ({ Text }) => ({ Text: Text as Value }),
  'Whole, Flag': ({ Whole, Flag }) => ({ Whole: Whole as Value, Flag: Flag as Value }),
  'Day = bin(Time, 1d), Text, Long': ({ Time, Text, Long }) => ({
    Day: binOfDay(Time as Value),
    Text: Text as Value,
    Long: Long as Value,
  }),
  Real: ({ Real }) => ({ Real: Real as Value }),
  'Class = strcat(tostring(Whole / 100), "XX")': ({ Whole }) => ({
    Class: `${Whole === null ? '' : Math.trunc((Whole as number) / 100)}XX`,
  }),
};

describe('summarize', () => {
  for (const [by, key] of Object.entries(keys)) {
    it(`by ${by} gives what a fold over the rows of each group gives`, async () => {
      const names = Object.keys(folds);
      const run = prepare(`T | summarize ${names.map((name, index) => `A${index} = ${name}`).join(', ')} by ${by}`);
      await fc.assert(
        fc.asyncProperty(rowsOf(), fc.constantFrom(1, 7, 1000), async (T, batchRows) => {
          const expected = [...groupBy(T, key).values()].map(({ key: own, rows }) => ({
            ...own,
            ...Object.fromEntries(names.map((name, index) => [`A${index}`, folds[name]?.(rows) as Value])),
          }));
          assert.deepEqual(asBag(await run({ T }, batchRows)), asBag(expected));
        }),
        { numRuns: 25 },
      );
    });
  }

  it('hands arg_max the row that has the largest value', async () => {
    const run = prepare('T | summarize arg_max(Long, Text, Whole, Bag) by Flag');
    await fc.assert(
      fc.asyncProperty(rowsOf(), fc.constantFrom(1, 7, 1000), async (T, batchRows) => {
        const expected = [...groupBy(T, ({ Flag }) => ({ Flag: Flag as Value })).values()].map(({ key, rows }) => {
          const { Text, Whole, Bag } = lastRow(rows, 'Long') as Row;
          return { ...key, Long: extreme(rows, 'Long', 1), Text, Whole, Bag } as Row;
        });
        assert.deepEqual(asBag(await run({ T }, batchRows)), asBag(expected));
      }),
      { numRuns: 60 },
    );
  });
});

import assert from 'node:assert/strict';
import type { Column } from '../../src/kql/columns/column.ts';
import { Batch, batchOf, type ColumnDefinition, createMemoryTable, type MemoryTable } from '../../src/kql/index.ts';
import { windowOf } from '../../src/replay/execute-run.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { withDelays } from '../../src/replay/log-table.ts';
import { planRuns, type RuleRun } from '../../src/replay/schedule.ts';
import { at, DAY_MS, HOUR_MS, MINUTE_MS, ticksAt } from './fixtures.ts';

const columns: readonly ColumnDefinition[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Client', type: 'string' },
  { name: 'Status', type: 'int' },
  { name: 'Url', type: 'string' },
];

/** The rows of each column that have been read, by its name. */
type Touched = Map<string, Set<number>>;

type Numbers = Int32Array | Float64Array | Uint8Array | BigInt64Array;

/** Numbers that note which of them are read, through whatever part of them; a copy reads them all. */
function watch<T extends Numbers>(data: T, note: (row: number) => void, first = 0): T {
  return new Proxy(data, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) {
        if (Number(key) < target.length) note(first + Number(key));
        return target[Number(key)];
      }
      if (key === 'subarray') {
        return (from: number, to: number) => watch(target.subarray(from, to) as T, note, first + from);
      }
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      for (let row = 0; row < target.length; row++) note(first + row);
      return value.bind(target);
    },
  });
}

function watchColumn(column: Column, note: (row: number) => void): Column {
  if (column.kind !== 'pooled') return { ...column, data: watch(column.data as Float64Array, note) } as Column;
  // As loaders make them: a code for each row into a pool of distinct values.
  const values = [...new Set(column.values)];
  const codes = Int32Array.from(column.values, (value) => values.indexOf(value));
  return { ...column, values, codes: watch(codes, note) };
}

/** The table, and the rows of it that are read from now on. */
function watched(table: MemoryTable): { readonly table: MemoryTable; readonly touched: Touched } {
  const touched: Touched = new Map();
  const all = table.arrived ?? table.rows;
  const slots = all.columns.map(({ name }, index) => () => {
    const note = (row: number): void => {
      const rows = touched.get(name) ?? new Set();
      touched.set(name, rows.add(row));
    };
    return watchColumn(all.column(index), note);
  });
  const watching = createMemoryTable(new Batch(all.columns, all.rowCount, slots));
  // The order of the rows is looked at once, when a table is made.
  touched.clear();
  return { table: watching, touched };
}

/** A row a minute from midnight of 24 March back through so many days; every tenth has status 500. */
function minutesOf(days: number): MemoryTable {
  const count = days * 1440;
  const first = ticksAt('2026-03-24 00:00') - BigInt(count) * 600_000_000n;
  const rows = Array.from({ length: count }, (_, row) => [
    first + BigInt(row) * 600_000_000n,
    `client ${row % 7}`,
    row % 10 === 0 ? 500 : 200,
    `/orders/${row % 3}`,
  ]);
  return createMemoryTable(batchOf(columns, rows));
}

async function touchedBy(query: string, table: MemoryTable, time: string, periodMs = HOUR_MS): Promise<Touched> {
  const { table: watching, touched } = watched(table);
  const prepared = createKqlQueryEngine(new Map([['Calls', watching]]), new Map()).prepare(query);
  const clock = { fromMs: at(time), toMs: at(time), furtherRuns: 0 };
  const [run] = planRuns({ kind: 'Scheduled', queryFrequencyMs: HOUR_MS, queryPeriodMs: periodMs }, clock);
  await prepared.run(windowOf(run as RuleRun));
  return touched;
}

const range = (from: number, to: number, step = 1): readonly number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
const rowsOf = (touched: Touched, name: string): readonly number[] =>
  [...(touched.get(name) ?? [])].sort((a, b) => a - b);

describe('a run pays for what it looks at', function () {
  this.timeout(30_000);
  const query = 'Calls | where Status == 500 | summarize Calls = count() by Client';

  it('reads of the columns that its query names the rows of its window, and those that pass before', async () => {
    // Ten days have 14,400 rows; the run of 06:00 on 23 March sees the 60 from row 13,260 on.
    const touched = await touchedBy(query, minutesOf(10), '2026-03-23 06:00');
    assert.deepEqual(rowsOf(touched, 'Status'), range(13_260, 13_320));
    assert.deepEqual(rowsOf(touched, 'Client'), range(13_260, 13_320, 10));
    assert.equal(touched.has('Url'), false);
  });

  it('finds its window by halving: 14 times more rows are 8 more looks at the time', async () => {
    const [one, fourteen] = [
      await touchedBy(query, minutesOf(1), '2026-03-23 06:00'),
      await touchedBy(query, minutesOf(14), '2026-03-23 06:00'),
    ];
    assert.deepEqual(
      [one, fourteen].map((touched) => touched.get('Status')?.size),
      [60, 60],
    );
    const looks = [one, fourteen].map((touched) => touched.get('TimeGenerated')?.size ?? 0);
    // Either end of the window takes at most as many looks as the number of rows has binary digits: 11 and 15.
    assert.ok((looks[0] ?? 0) <= 22 && (looks[1] ?? 0) <= 30, `${looks}`);
  });

  it('reads the part of a long window that its query asks for', async () => {
    const evaluated = 'Calls | where TimeGenerated >= ago(20m) | summarize Calls = count() by Client';
    const touched = await touchedBy(evaluated, minutesOf(10), '2026-03-23 06:00', 7 * DAY_MS);
    assert.deepEqual(rowsOf(touched, 'Client'), range(13_300, 13_320));
  });

  it('looks one by one only at rows that can still be on their way', async () => {
    const table = minutesOf(10);
    // A row in a hundred is 30 minutes late: of the run of 06:00, executed at 06:05, those after 05:35 may be missing.
    const late = createMemoryTable(withDelays(table.rows, (row) => (row % 100 === 0 ? 30n : 0n) * 600_000_000n));
    const { table: watching, touched } = watched(late);
    const prepared = createKqlQueryEngine(new Map([['Calls', watching]]), new Map()).prepare('Calls | count');
    const clock = { fromMs: at('2026-03-23 06:00'), toMs: at('2026-03-23 07:00'), furtherRuns: 0 };
    const [first, second] = planRuns({ kind: 'Scheduled', queryFrequencyMs: HOUR_MS, queryPeriodMs: DAY_MS }, clock);
    const counts: unknown[] = [];
    // The first run finds out how late rows are at most; what a run costs shows in the second.
    for (const run of [first, second]) {
      touched.clear();
      counts.push((await prepared.run(windowOf(run as RuleRun))).rows[0]?.[0]);
    }
    // Row 13,300 (05:40) is not there at 06:05; nor is row 13,400 (07:20) part of the second window.
    assert.deepEqual(counts, [1439n, 1440n]);
    assert.deepEqual(rowsOf(touched, '$arrival'), range(13_355, 13_380));
    assert.equal(touched.has('Client'), false);
  });

  it('reads of an NRT rule the rows that arrived in its minute', async () => {
    const table = minutesOf(10);
    const late = createMemoryTable(withDelays(table.rows, (row) => BigInt(row % 3) * 600_000_000n));
    const { table: watching, touched } = watched(late);
    const prepared = createKqlQueryEngine(new Map([['Calls', watching]]), new Map()).prepare('Calls | project Client');
    const clock = { fromMs: at('2026-03-23 06:00'), toMs: at('2026-03-23 06:03'), furtherRuns: 0 };
    const runs = planRuns({ kind: 'NRT', queryFrequencyMs: MINUTE_MS, queryPeriodMs: MINUTE_MS }, clock);
    const read: (readonly number[])[] = [];
    for (const run of runs) {
      touched.clear();
      await prepared.run(windowOf(run));
      read.push(rowsOf(touched, 'Client'));
    }
    // Row 13,320 is of 06:00 and arrives at once; row 13,319 arrives at 06:01; row 13,321 a minute late at 06:02. The
    // first run puts the rows in the order of their arrival.
    assert.deepEqual(read.slice(1), [[13_320], [13_319], [13_321]]);
  });
});

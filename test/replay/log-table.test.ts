import assert from 'node:assert/strict';
import type { Int64Column } from '../../src/kql/columns/column.ts';
import {
  type Batch,
  batchOf,
  type ColumnDefinition,
  createMemoryTable,
  type MemoryTable,
  rowsOf,
  type Value,
} from '../../src/kql/index.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { logTable, withDelays } from '../../src/replay/log-table.ts';
import type { QueryWindow } from '../../src/replay/query-engine.ts';
import { ticksAt } from './fixtures.ts';

const columns: readonly ColumnDefinition[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Name', type: 'string' },
];

/** Rows by name: when they were generated and when they arrived. */
const times = {
  a: ['10:00', '10:01'],
  b: ['10:30', '11:04'],
  c: ['10:58', '11:05'],
  d: ['10:59', '11:06'],
  e: ['11:00', '11:00'],
  f: ['10:59', '10:59'],
} as const;

const rows = batchOf(
  columns,
  Object.entries(times).map(([name, [generated]]) => [ticksAt(`2026-03-24 ${generated}`), name]),
);
const delays = Object.values(times).map(
  ([generated, arrived]) => ticksAt(`2026-03-24 ${arrived}`) - ticksAt(`2026-03-24 ${generated}`),
);
const onTimeTable = createMemoryTable(rows);
const lateTable = createMemoryTable(withDelays(rows, (row) => delays[row] ?? 0n));

const hour: QueryWindow = {
  fromTicks: ticksAt('2026-03-24 10:00'),
  toTicks: ticksAt('2026-03-24 11:00'),
  nowTicks: ticksAt('2026-03-24 11:00'),
  executedTicks: ticksAt('2026-03-24 11:05'),
  by: 'TimeGenerated',
};

async function names(window: QueryWindow, late: boolean, raised: readonly Record<string, Value>[] = []) {
  const visible = logTable(late ? lateTable : onTimeTable).visibleIn(window, raised);
  const seen: Value[] = [];
  for await (const batch of visible.scan()) seen.push(...rowsOf(batch).map(([, name]) => name as Value));
  assert.equal(visible.rowCount, seen.length);
  return seen.sort().join('');
}

describe('a table under a run', () => {
  it('shows the rows of the window where rows arrive when they are generated', async () => {
    assert.equal(await names(hour, false), 'abcdf');
  });

  it('hides from a scheduled run what has not arrived when it is executed: 11:05 is in time, 11:06 is not', async () => {
    assert.equal(await names(hour, true), 'abcf');
  });

  for (const [executed, expected] of [
    ['11:03', 'af'],
    ['11:04', 'abf'],
    ['11:06', 'abcdf'],
    ['12:00', 'abcdf'],
  ] as const) {
    it(`shows at ${executed} ${expected}`, async () => {
      assert.equal(await names({ ...hour, executedTicks: ticksAt(`2026-03-24 ${executed}`) }, true), expected);
    });
  }

  it('hands on the memory of the table: nothing is copied for a run but rows that may be on their way', async () => {
    const memoryOf = (batch: Batch): ArrayBufferLike => (batch.column(0) as Int64Column).data.buffer;
    const shared = async (table: MemoryTable, window: QueryWindow): Promise<readonly boolean[]> => {
      const parts: boolean[] = [];
      for await (const batch of logTable(table).visibleIn(window, []).scan()) {
        parts.push(memoryOf(batch) === memoryOf(table.arrived ?? table.rows));
      }
      return parts;
    };
    assert.deepEqual(await shared(onTimeTable, hour), [true]);
    // Rows are 34 minutes late at most: at 11:20 those before 10:46 are there for certain, the others are looked at.
    assert.deepEqual(await shared(lateTable, { ...hour, executedTicks: ticksAt('2026-03-24 11:20') }), [true, false]);
    assert.deepEqual(await shared(lateTable, { ...hour, executedTicks: ticksAt('2026-03-24 12:00') }), [true]);
  });

  it('shows an NRT run what arrived in its window, however old it is', async () => {
    const minute = (from: string, to: string): QueryWindow => ({
      ...hour,
      fromTicks: ticksAt(`2026-03-24 ${from}`),
      toTicks: ticksAt(`2026-03-24 ${to}`),
      by: 'ingestion_time',
    });
    const seen = await Promise.all(
      ['10:59', '11:00', '11:01', '11:04', '11:05', '11:06'].map((from) =>
        names(minute(from, `11:${from === '10:59' ? '00' : String(Number(from.slice(3)) + 1).padStart(2, '0')}`), true),
      ),
    );
    assert.deepEqual(seen, ['f', 'e', '', 'b', 'c', 'd']);
  });

  it('shows raised rows of the window beside those of the logs', async () => {
    const raised = ['10:59', '11:00'].map((time, index) => ({
      TimeGenerated: ticksAt(`2026-03-24 ${time}`),
      Name: `R${index}`,
    }));
    assert.equal(await names(hour, true, raised), 'R0abcf');
  });

  it('tells ingestion_time() when its rows arrived, raised ones at their creation', async () => {
    const raised = [{ TimeGenerated: ticksAt('2026-03-24 10:59'), Name: 'R' }];
    const engine = createKqlQueryEngine(new Map([['Calls', lateTable]]), new Map());
    const query =
      'Calls | project Seen = strcat(Name, " ", format_datetime(ingestion_time(), "HH:mm")) | sort by Seen asc';
    const { rows: seen } = await engine.prepare(query).run(hour, new Map([['Calls', raised]]));
    assert.deepEqual(seen.flat(), ['R 10:59', 'a 10:01', 'b 11:04', 'c 11:05', 'f 10:59']);
  });

  it('is shown whole without a time column, as a watchlist is', async () => {
    const list = createMemoryTable(batchOf([{ name: 'Name', type: 'string' }], [['x'], ['y']]));
    assert.equal(logTable(list).visibleIn(hour, []).rowCount, 2);
    const delayed = createMemoryTable(withDelays(list.rows, () => 1n));
    assert.equal(logTable(delayed).visibleIn(hour, []).rowCount, 2);
  });
});

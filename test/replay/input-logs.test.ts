import assert from 'node:assert/strict';
import { batchOf, createMemoryTable, type MemoryTable, type Value } from '../../src/kql/index.ts';
import { inputProblems, timeSpan } from '../../src/replay/input-logs.ts';
import { withDelays } from '../../src/replay/log-table.ts';
import { at, ticksAt } from './fixtures.ts';

const timed = (...times: Value[]): MemoryTable =>
  createMemoryTable(
    batchOf(
      [{ name: 'TimeGenerated', type: 'datetime' }],
      times.map((time) => [time]),
    ),
  );
const timeless = createMemoryTable(batchOf([{ name: 'Name', type: 'string' }], [['a']]));

describe('the logs of a replay', () => {
  it('span the first to the last TimeGenerated of any table, in whole milliseconds around them', () => {
    const tables = new Map([
      ['A', timed(ticksAt('2026-03-24 10:00') + 1n, null)],
      ['B', timed(ticksAt('2026-03-24 12:00') + 1n, ticksAt('2026-03-24 11:00'))],
      ['C', timeless],
      ['D', timed()],
    ]);
    assert.deepEqual(timeSpan(tables), { firstMs: at('2026-03-24 10:00'), lastMs: at('2026-03-24 12:00:00.001') });
  });

  it('span to the last arrival of a row, and leave watchlists out', () => {
    const late = timed(ticksAt('2026-03-24 10:00'), ticksAt('2026-03-24 11:00'));
    const minutes = [75n, 7n];
    const delayed = createMemoryTable(withDelays(late.rows, (row) => (minutes[row] ?? 0n) * 600_000_000n));
    const tables = new Map([
      ['A', delayed],
      ['Watchlist', timed(ticksAt('2024-01-01 00:00'), ticksAt('2027-01-01 00:00'))],
    ]);
    assert.deepEqual(timeSpan(tables), { firstMs: at('2026-03-24 10:00'), lastMs: at('2026-03-24 11:15') });
  });

  it('span nothing where no table has a time', () => {
    assert.equal(
      timeSpan(
        new Map([
          ['C', timeless],
          ['D', timed(null)],
        ]),
      ),
      undefined,
    );
  });

  it('are incomplete after every problem but an inferred schema', () => {
    const base = { file: 'Calls.ndjson', hint: 'correct it' };
    assert.deepEqual(
      inputProblems([
        { ...base, code: 'not-json', line: 7, count: 3, message: 'no JSON' },
        { ...base, code: 'schema', count: 1, message: 'inferred' },
      ]),
      [
        { ...base, severity: 'error', line: 7, message: 'no JSON (3 lines, the first is shown)' },
        { ...base, severity: 'note', line: undefined, message: 'inferred' },
      ],
    );
  });
});

import assert from 'node:assert/strict';
import { batchOf, createMemoryTable, type Value } from '../../src/kql/index.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { findDeciding, measureMargins } from '../../src/replay/margin.ts';
import type { QueryWindow } from '../../src/replay/query-engine.ts';
import { ticksAt } from './fixtures.ts';

const window: QueryWindow = {
  fromTicks: ticksAt('2026-03-24 10:00'),
  toTicks: ticksAt('2026-03-24 11:00'),
  nowTicks: ticksAt('2026-03-24 11:00'),
  executedTicks: ticksAt('2026-03-24 11:05'),
  by: 'TimeGenerated',
};
const MINUTE_TICKS = 600_000_000n;

/** Rows by client: calls, a share, and minutes. */
type Row = readonly [client: string, calls: number | null, share?: number | null, minutes?: number];

const columns = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Client', type: 'string' },
  { name: 'Calls', type: 'long' },
  { name: 'Share', type: 'real' },
  { name: 'Took', type: 'timespan' },
] as const;

function engineOver(rows: readonly Row[]) {
  const cells = rows.map(([client, calls, share = 0, minutes = 0]): Value[] => [
    ticksAt('2026-03-24 10:30'),
    client,
    calls === null ? null : BigInt(calls),
    share,
    BigInt(minutes) * MINUTE_TICKS,
  ]);
  return createKqlQueryEngine(new Map([['T', createMemoryTable(batchOf(columns, cells))]]), new Map());
}

/** `Calls >= 5 misses 4 by 1 decides a`: threshold, side, value, distance, whether it decides, the row's client. */
async function margins(query: string, rows: readonly Row[]): Promise<string[]> {
  const prepared = engineOver(rows).prepare(query);
  const { rows: results } = await prepared.run(window);
  const found = await measureMargins(prepared.thresholds?.() ?? [], window, results.length);
  return found.map(({ threshold, side, valueText, distanceText, decides, row }) =>
    `${threshold} ${side} ${valueText} by ${distanceText} ${decides ? 'decides' : 'alone does not'} ${row.Client ?? ''}`.trimEnd(),
  );
}

const rows: readonly Row[] = [
  ['a', 4],
  ['b', 2],
  ['c', 7],
  ['d', 9],
];

describe('the margin of a threshold', function () {
  this.timeout(30_000);

  // 4 is the nearest that misses 5, 7 the nearest that holds it.
  for (const [condition, expected] of [
    ['Calls >= 5', ['Calls >= 5 misses 4 by 1 decides a', 'Calls >= 5 holds 7 by 2 decides c']],
    // A whole number greater than 5 is at least 6.
    ['Calls > 5', ['Calls > 5 misses 4 by 2 decides a', 'Calls > 5 holds 7 by 1 decides c']],
    ['Calls <= 5', ['Calls <= 5 misses 7 by 2 decides c', 'Calls <= 5 holds 4 by 1 decides a']],
    ['Calls < 5', ['Calls < 5 misses 7 by 3 decides c', 'Calls < 5 holds 4 by 0 decides a']],
    ['5 <= Calls', ['5 <= Calls misses 4 by 1 decides a', '5 <= Calls holds 7 by 2 decides c']],
    ['Calls >= 7', ['Calls >= 7 misses 4 by 3 decides a', 'Calls >= 7 holds 7 by 0 decides c']],
    ['Calls > 7', ['Calls > 7 misses 7 by 1 decides c', 'Calls > 7 holds 9 by 1 decides d']],
    ['Calls >= 1', ['Calls >= 1 holds 2 by 1 decides b']],
    ['Calls >= 10', ['Calls >= 10 misses 9 by 1 decides d']],
    ['Calls * 2 >= 10', ['Calls * 2 >= 10 misses 8 by 2 decides a', 'Calls * 2 >= 10 holds 14 by 4 decides c']],
  ] as const) {
    it(`is the nearest value on either side of ${condition}`, async () => {
      assert.deepEqual(await margins(`T | where ${condition}`, rows), expected);
    });
  }

  it('holds for reals and timespans, a real at its limit being no distance away', async () => {
    const timed: readonly Row[] = [
      ['a', 0, 5.9, 4],
      ['b', 0, 6, 6],
    ];
    assert.deepEqual(await margins('T | where Share > 6', timed), ['Share > 6 misses 6 by 0 decides b']);
    assert.deepEqual(await margins('T | where Share >= 6.0', timed), [
      'Share >= 6.0 misses 5.9 by 0.1 decides a',
      'Share >= 6.0 holds 6 by 0 decides b',
    ]);
    assert.deepEqual(await margins('T | where Took >= 5m', timed), [
      'Took >= 5m misses 00:04:00 by 00:01:00 decides a',
      'Took >= 5m holds 00:06:00 by 00:01:00 decides b',
    ]);
  });

  it('sees a threshold by its value, however the query names it', async () => {
    assert.deepEqual(await margins('let least = 5; T | where Calls >= least', rows), [
      'Calls >= least misses 4 by 1 decides a',
      'Calls >= least holds 7 by 2 decides c',
    ]);
  });

  it('goes by the query: a nearer value that another condition stops does not decide', async () => {
    const query = 'T | where Calls >= 5 | where Client != "a"';
    assert.deepEqual(await margins(query, rows), [
      'Calls >= 5 misses 2 by 3 decides b',
      'Calls >= 5 holds 7 by 2 decides c',
    ]);
    assert.deepEqual(await margins('T | where Calls >= 5 | where Client == "d"', rows), [
      'Calls >= 5 misses 4 by 1 alone does not a',
      'Calls >= 5 holds 9 by 4 decides d',
    ]);
  });

  it('leaves out rows that another condition of the same where stops, and alternatives that pass anyway', async () => {
    assert.deepEqual(await margins('T | where Calls >= 5 and Client in ("b", "d")', rows), [
      'Calls >= 5 misses 2 by 3 decides b',
      'Calls >= 5 holds 9 by 4 decides d',
    ]);
    assert.deepEqual(await margins('T | where Calls >= 5 or Client == "a"', rows), [
      'Calls >= 5 misses 2 by 3 decides b',
      'Calls >= 5 holds 7 by 2 decides c',
    ]);
  });

  it('counts a threshold before an aggregate by what comes out in the end', async () => {
    const query = 'T | where Calls >= 5 | summarize Busy = count() | where Busy >= 3 | project Busy';
    assert.deepEqual(await margins(query, rows), [
      'Calls >= 5 misses 4 by 1 decides a',
      'Calls >= 5 holds 7 by 2 alone does not c',
      'Busy >= 3 misses 2 by 1 decides',
    ]);
  });

  it('moves a threshold everywhere where its result is read, and computes that once', async () => {
    const query = `let busy = materialize(T | where Calls >= 5);
      T | where Client in ((busy | project Client)) | join kind=inner busy on Client | project Client`;
    assert.deepEqual(await margins(query, rows), [
      'Calls >= 5 misses 4 by 1 decides a',
      'Calls >= 5 holds 7 by 2 decides c',
    ]);
  });

  it('passes over nulls, times, equalities and values that are computed', async () => {
    assert.deepEqual(
      await margins('T | where Calls >= 5', [
        ['a', null],
        ['b', 4],
      ]),
      ['Calls >= 5 misses 4 by 1 decides b'],
    );
    for (const condition of ['TimeGenerated > ago(1h)', 'Calls == 4', 'Calls >= toscalar(T | summarize avg(Calls))']) {
      assert.deepEqual(await margins(`T | where ${condition}`, rows), [], condition);
    }
  });

  it('says nothing where the query fails on the rows that a threshold keeps away', async () => {
    const query = 'T | where Calls >= 5 | where assert(Calls > 4, "too few")';
    assert.deepEqual(await margins(query, rows), []);
  });

  it('finds the nearest change among many values by halving', async () => {
    const many: readonly Row[] = Array.from({ length: 100 }, (_, index) => [index < 40 ? 'wanted' : 'other', index]);
    const query = 'T | where Calls >= 90 | where Client == "wanted"';
    assert.deepEqual(await margins(query, many), [
      'Calls >= 90 misses 39 by 51 decides wanted',
      'Calls >= 90 holds 90 by 0 alone does not other',
    ]);
  });
});

describe('the conditions that alone decide', function () {
  this.timeout(30_000);

  async function deciding(query: string): Promise<string[]> {
    const prepared = engineOver(rows).prepare(query);
    const { rows: results } = await prepared.run(window);
    const found = await findDeciding(prepared.conditions?.() ?? [], window, results.length);
    return found.map(({ text, isTime }) => (isTime ? `${text} (time)` : text));
  }

  it('are those without which the result is another', async () => {
    assert.deepEqual(await deciding('T | where Client == "x" and Calls >= 5'), ['Client == "x"']);
    assert.deepEqual(await deciding('T | where Client startswith "x" | where Client != "b"'), [
      'Client startswith "x"',
    ]);
    assert.deepEqual(await deciding('T | where TimeGenerated > now() | where Calls >= 5'), [
      'TimeGenerated > now() (time)',
    ]);
  });

  it('are none where two keep the result away, or where none does', async () => {
    assert.deepEqual(await deciding('T | where Client == "x" | where Client != "a" and strlen(Client) == 9'), []);
    assert.deepEqual(await deciding('T | where isnotempty(Client)'), []);
  });

  it('leave thresholds to the margins', async () => {
    assert.deepEqual(await deciding('T | where Calls >= 50'), []);
  });
});

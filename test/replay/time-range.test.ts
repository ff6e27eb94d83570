import assert from 'node:assert/strict';
import { batchOf, type ColumnDefinition, createMemoryTable, type Value } from '../../src/kql/index.ts';
import { defaultAssumptions } from '../../src/replay/assumptions.ts';
import { windowOf } from '../../src/replay/execute-run.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import { withDelays } from '../../src/replay/log-table.ts';
import type { QueryWindow } from '../../src/replay/query-engine.ts';
import { planRuns, type RuleRun } from '../../src/replay/schedule.ts';
import { watchlistTable } from '../../src/sentinel/watchlists.ts';
import { workspaceSchemas } from '../../src/sentinel/workspace.ts';
import { at, DAY_MS, HOUR_MS, MINUTE_MS, ticksAt } from './fixtures.ts';

const columns: readonly ColumnDefinition[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Client', type: 'string' },
  { name: 'Bag', type: 'dynamic' },
];
const schemas = new Map([['Calls', columns], ...[...workspaceSchemas].filter(([name]) => name === 'Watchlist')]);
const rowAt = (time: string): readonly Value[] => [ticksAt(time), `c ${time}`, new Map([['Seen', 1n]])];
const callsAt = (...times: readonly string[]) => createMemoryTable(batchOf(columns, times.map(rowAt)));
const functions = new Map([
  ['SavedCalls', '(since: datetime = datetime(null)) { Calls | where isnull(since) or TimeGenerated > since }'],
]);

/** Each reads Calls, some twice, and none of them may see more of it than any other. */
const queries: readonly (readonly [query: string, times: number])[] = [
  ['Calls | count', 1],
  ['Calls | where TimeGenerated > ago(30d) | count', 1],
  ['union Calls, (Calls | where TimeGenerated > datetime(2020-01-01)) | count', 2],
  ['union withsource=Source Cal* | count', 1],
  ['let recent = materialize(Calls | where TimeGenerated > ago(30d)); union recent, recent | count', 2],
  ['let calls = () { Calls | where TimeGenerated > ago(30d) }; calls | count', 1],
  ['let since = (start: datetime) { Calls | where TimeGenerated > start }; since(ago(30d)) | count', 1],
  ['SavedCalls | count', 1],
  ['SavedCalls(ago(30d)) | count', 1],
  ['Calls | join kind=inner (Calls | where TimeGenerated > ago(30d)) on Client | count', 1],
  ['Calls | lookup (Calls | summarize Same = count() by Client) on Client | count', 1],
  ['Calls | where Client in ((Calls | project Client)) | count', 1],
  ['print Count = toscalar(Calls | where TimeGenerated > ago(30d) | count)', 1],
  ['Calls | partition hint.strategy=native by Client (summarize Rows = count()) | summarize sum(Rows)', 1],
  ['search in (Calls) Client has "c" | count', 1],
  ['find in (Calls) where Client has "c" | count', 1],
  ['Calls | evaluate bag_unpack(Bag) | summarize sum(Seen)', 1],
  // Bound in each run, these read tables that they do not name.
  ['union Cal* | evaluate bag_unpack(Bag) | summarize sum(Seen)', 1],
  [
    "find where Client has 'c' project Client | extend B = bag_pack('N', 1) | evaluate bag_unpack(B) | summarize sum(N)",
    1,
  ],
  ["search Client has 'c' | extend B = bag_pack('N', 1) | evaluate bag_unpack(B) | summarize sum(N)", 1],
];

async function countIn(window: QueryWindow, query: string, table: ReturnType<typeof callsAt>): Promise<Value> {
  const engine = createKqlQueryEngine(new Map([['Calls', table]]), schemas, { surroundings: { functions } });
  const { rows } = await engine.prepare(query).run(window);
  return rows[0]?.[0] ?? null;
}

function windowAt(time: string, rule: Parameters<typeof planRuns>[0]): QueryWindow {
  const [run] = planRuns(rule, { fromMs: at(time), toMs: at(time), furtherRuns: 0 });
  return windowOf(run as RuleRun);
}
const hourly = { kind: 'Scheduled', queryFrequencyMs: HOUR_MS, queryPeriodMs: HOUR_MS } as const;
const nrt = { kind: 'NRT', queryFrequencyMs: MINUTE_MS, queryPeriodMs: MINUTE_MS } as const;

describe('the time range of a run', function () {
  this.timeout(30_000);

  // The run of 11:00 looks back an hour: 10:00:00 to 10:59:59.9999999.
  const table = callsAt(
    '2026-03-10 10:30',
    '2026-03-24 09:59:59',
    '2026-03-24 10:00',
    '2026-03-24 10:59:59',
    '2026-03-24 11:00',
  );
  for (const [query, times] of queries) {
    it(`cuts every table to two rows of five in ${query}`, async () => {
      assert.equal(await countIn(windowAt('2026-03-24 11:00', hourly), query, table), BigInt(2 * times));
    });
  }

  // Rows generated at 09:00, 10:00 and 10:58 arrive at 10:59:00, 10:59:59 and 11:00:00: the run of 11:00 sees the first two.
  const delays = [119 * 60, 59 * 60 + 59, 2 * 60];
  const late = createMemoryTable(
    withDelays(
      callsAt('2026-03-24 09:00', '2026-03-24 10:00', '2026-03-24 10:58').rows,
      (row) => BigInt(delays[row] ?? 0) * 10_000_000n,
    ),
  );
  for (const [query, times] of queries) {
    it(`cuts every table of an NRT rule by arrival in ${query}`, async () => {
      assert.equal(await countIn(windowAt('2026-03-24 11:00', nrt), query, late), BigInt(2 * times));
    });
  }

  it('reaches back 14 days and no tick more, whatever the query asks for', async () => {
    const old = createMemoryTable(
      batchOf(
        columns,
        [-1n, 0n].map((ticks) => [ticksAt('2026-03-10 11:00') + ticks, 'c', null]),
      ),
    );
    const window = windowAt('2026-03-24 11:00', { ...hourly, queryPeriodMs: 14 * DAY_MS });
    assert.equal(await countIn(window, 'Calls | where TimeGenerated > ago(90d) | count', old), 1n);
  });

  it('does not cut a watchlist, however long ago it was uploaded', async () => {
    const watchlist = { alias: 'partners', searchKey: 'Client', items: [{ Client: 'c 2026-03-24 10:00' }] };
    const uploadedTicks = ticksAt('2025-01-01 00:00');
    const logs = new Map([
      ['Calls', table],
      ['Watchlist', watchlistTable([{ ...watchlist, uploadedTicks }], workspaceSchemas.get('Watchlist') ?? [])],
    ]);
    const query = `let partners = _GetWatchlist('partners') | project SearchKey;
      Calls | where Client !in (partners) | project TimeGenerated, Client`;
    const prepared = createKqlQueryEngine(logs, schemas).prepare(query);
    assert.deepEqual(prepared.tables, [
      { name: 'Calls', rowCount: 5 },
      { name: 'Watchlist', rowCount: 1 },
    ]);
    const { rows } = await prepared.run(windowAt('2026-03-24 11:00', hourly));
    assert.deepEqual(
      rows.map(([, client]) => client),
      ['c 2026-03-24 10:59:59'],
    );
  });

  it('has its ends as the assumption says: the row at 11:00 is of the run of 11:00 or of that of 12:00', async () => {
    const seen = async (windowEnd: 'excluded' | 'included', time: string): Promise<Value> => {
      const clock = { fromMs: at(time), toMs: at(time), furtherRuns: 0 };
      const [run] = planRuns(hourly, clock, { ...defaultAssumptions, windowEnd });
      const query = "Calls | summarize strcat_array(make_list(format_datetime(TimeGenerated, 'HH:mm')), ' ')";
      return countIn(windowOf(run as RuleRun), query, callsAt('2026-03-24 10:00', '2026-03-24 11:00'));
    };
    assert.deepEqual(
      [await seen('excluded', '2026-03-24 11:00'), await seen('excluded', '2026-03-24 12:00')],
      ['10:00', '11:00'],
    );
    assert.deepEqual(
      [await seen('included', '2026-03-24 11:00'), await seen('included', '2026-03-24 12:00')],
      ['11:00', ''],
    );
  });
});

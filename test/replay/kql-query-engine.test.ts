import assert from 'node:assert/strict';
import {
  batchOf,
  type ColumnDefinition,
  createMemoryTable,
  type MemoryTable,
  type Value,
} from '../../src/kql/index.ts';
import { createKqlQueryEngine } from '../../src/replay/kql-query-engine.ts';
import type { QueryWindow } from '../../src/replay/query-engine.ts';
import { replay } from '../../src/replay/replay.ts';
import { at, ruleYaml, ticksAt } from './fixtures.ts';

const calls: readonly ColumnDefinition[] = [
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Client', type: 'string' },
];
const servers: readonly ColumnDefinition[] = [{ name: 'Server', type: 'string' }];
const table = (columns: readonly ColumnDefinition[], rows: readonly (readonly Value[])[]): MemoryTable =>
  createMemoryTable(batchOf(columns, rows));

const minutes = ['10:59', '10:00', '09:59', '11:00', '10:30'];
const engine = createKqlQueryEngine(
  new Map([
    ['Calls', table(calls, [...minutes.map((time) => [ticksAt(`2026-03-24 ${time}`), `c${time}`]), [null, 'none']])],
    ['Servers', table(servers, [['a'], ['b']])],
  ]),
  new Map([
    ['Calls', calls],
    ['Alerts', calls],
  ]),
);
const window: QueryWindow = {
  fromTicks: ticksAt('2026-03-24 10:00'),
  toTicks: ticksAt('2026-03-24 11:00'),
  nowTicks: ticksAt('2026-03-24 11:00'),
  by: 'TimeGenerated',
};

describe('the KQL engine under a replay', function () {
  this.timeout(30_000);

  it('sees the rows from the start of the window up to, and not at, its end', async () => {
    const { columns, rows, rowsScanned } = await engine
      .prepare('Calls | project Client | sort by Client asc')
      .run(window);
    assert.deepEqual(columns, [{ name: 'Client', type: 'string' }]);
    assert.deepEqual(rows, [['c10:00'], ['c10:30'], ['c10:59']]);
    assert.equal(rowsScanned, 3);
  });

  it('cuts every table of the query, in joins and subqueries too, and only tables with a time', async () => {
    const query = `Calls
      | where Client in ((Calls | project Client))
      | extend Total = toscalar(Calls | count)
      | join kind=inner (Calls | summarize Same = count() by Client) on Client
      | extend Servers = toscalar(Servers | count)
      | summarize Rows = count(), Total = max(Total), Servers = max(Servers)`;
    const { rows, rowsScanned } = await engine.prepare(query).run(window);
    assert.deepEqual(rows, [[3n, 3n, 2n]]);
    assert.equal(rowsScanned, 3 * 4 + 2);
  });

  it('takes now(), ago() and the literal datetime(now) as the time of the run, in every run of one preparation', async () => {
    for (const query of ['print now(), now() + 0s', 'print datetime(now), datetime( now )']) {
      const prepared = engine.prepare(query);
      for (const nowTicks of [ticksAt('2026-03-24 11:00'), ticksAt('2026-03-24 12:00')]) {
        assert.deepEqual((await prepared.run({ ...window, nowTicks })).rows, [[nowTicks, nowTicks]]);
      }
    }
  });

  it('runs a query without tables over any window', async () => {
    const prepared = engine.prepare('print One = 1');
    assert.deepEqual(prepared.tables, []);
    const { rows, rowsScanned } = await prepared.run({ ...window, fromTicks: 0n, toTicks: 0n });
    assert.deepEqual([rows, rowsScanned], [[[1n]], 0]);
  });

  it('names the tables of a query with their rows, and those that the logs do not have without', () => {
    assert.deepEqual(engine.prepare('union Calls, Alerts, (Servers | project Client = Server) | take 1').tables, [
      { name: 'Alerts', rowCount: undefined },
      { name: 'Calls', rowCount: 6 },
      { name: 'Servers', rowCount: 2 },
    ]);
  });

  it('refuses a query that does not bind before any run, with its place in the YAML', async () => {
    const text = ruleYaml({ query: 'Calls\n| where Cleint == ""\n' });
    const clock = { fromMs: at('2026-03-24 10:00'), toMs: at('2026-03-24 11:00'), furtherRuns: 0 };
    const { rules } = await replay([{ file: 'a.yaml', text }], engine, { clock });
    const line = text.split('\n').findIndex((part) => part.includes('Cleint')) + 1;
    const column = (text.split('\n')[line - 1] ?? '').indexOf('Cleint') + 1;
    assert.deepEqual(
      [rules[0]?.runs.length, rules[0]?.problems[0]?.line, rules[0]?.problems[0]?.column],
      [0, line, column],
    );
    assert.match(rules[0]?.problems[0]?.message ?? '', /^binding: .*Cleint/);
  });

  it('makes hourly alerts out of rows: each row in exactly one of adjoining windows', async () => {
    const text = ruleYaml({ query: 'Calls | project TimeGenerated, Client', customDetails: { Client: 'Client' } });
    const clock = { fromMs: at('2026-03-24 10:00'), toMs: at('2026-03-24 12:00'), furtherRuns: 0 };
    const { rules } = await replay([{ file: 'a.yaml', text }], engine, { clock });
    assert.deepEqual(
      rules[0]?.alerts.map(({ createdMs, customDetails }) => [createdMs, customDetails.Client]),
      [
        [at('2026-03-24 10:05'), ['c09:59']],
        [at('2026-03-24 11:05'), ['c10:00', 'c10:30', 'c10:59']],
        [at('2026-03-24 12:05'), ['c11:00']],
      ],
    );
  });
});

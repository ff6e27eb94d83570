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
  executedTicks: ticksAt('2026-03-24 11:05'),
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

  const onNothing: readonly (readonly [query: string, rows: readonly (readonly Value[])[]])[] = [
    ['Calls | where Client == "a" | extend B = 1 | project B | sort by B asc | take 5', []],
    ['Calls | summarize count() by Client', []],
    ['Calls | summarize count()', [[0n]]],
    ['Calls | count', [[0n]]],
    ['print One = 1 | where One in ((Calls | project One = 1))', []],
    ['union Calls, Alerts | project Client', []],
    ['union (Calls | project Client), (print Client = "p")', [['p']]],
    ['print Client = "p" | join kind=inner Calls on Client', []],
    ['print Client = "p" | join kind=leftouter (Calls | project Client) on Client', [['p', '']]],
    ['print Client = "p" | join kind=leftanti (Calls | project Client) on Client', [['p']]],
    ['Calls | project Client | join kind=rightouter (print Client = "p") on Client', [['', 'p']]],
    ['Calls | project Client | join kind=fullouter (print Client = "p") on Client', [['', 'p']]],
    ['Calls | project Client | join kind=fullouter (Alerts | project Client) on Client', []],
    ['let T = materialize(Calls | project Client); union T, T', []],
    ['datatable(A: long)[1]', [[1n]]],
    ['range A from 1 to 2 step 1', [[1n], [2n]]],
  ];
  for (const [query, rows] of onNothing) {
    it(`gives in every window without rows what the first gives: ${query}`, async () => {
      const prepared = engine.prepare(query);
      for (const day of ['2026-03-20', '2026-03-21', '2026-03-22']) {
        const empty = { ...window, fromTicks: ticksAt(`${day} 10:00`), toTicks: ticksAt(`${day} 11:00`) };
        assert.deepEqual((await prepared.run(empty)).rows, rows);
      }
    });
  }

  it('cuts and counts the tables of a query whose columns depend on its data', async () => {
    const prepared = engine.prepare('Calls | project Bag = bag_pack(Client, 1) | evaluate bag_unpack(Bag) | count');
    assert.deepEqual(prepared.tables, [{ name: 'Calls', rowCount: 6 }]);
    const { rows, rowsScanned } = await prepared.run(window);
    assert.deepEqual([rows, (rowsScanned ?? 0) >= 3], [[[3n]], true]);
  });

  const bag = 'Calls | project Bag = bag_pack(Client, 1) | evaluate bag_unpack(Bag) | count';
  for (const [what, query, isRun] of [
    ['gives what it gave', bag, false],
    ['gives what it gave of tables that all runs see whole', `${bag}; Servers | count`, false],
    ['is run again where its outcome may be another', `${bag} | extend At = now()`, true],
    ['is run again where a function that it calls says ago()', `${bag} | extend Since = hourAgo()`, true],
  ] as const) {
    it(`in a window without rows a query that is bound anew in each run ${what}`, async () => {
      const hourAgo = new Map([['hourAgo', '() { ago(1h) }']]);
      const tables = new Map([
        ['Calls', table(calls, [[ticksAt('2026-03-24 10:30'), 'ann']])],
        ['Servers', table(servers, [['a']])],
      ]);
      const prepared = createKqlQueryEngine(tables, new Map(), { surroundings: { functions: hourAgo } }).prepare(query);
      const at = (day: number): QueryWindow => {
        const [fromTicks, toTicks] = [ticksAt(`2026-03-${day} 10:00`), ticksAt(`2026-03-${day} 11:00`)];
        return { ...window, fromTicks, toTicks, nowTicks: toTicks };
      };
      const [first, second, busy, third] = [
        await prepared.run(at(21)),
        await prepared.run(at(22)),
        await prepared.run(at(24)),
        await prepared.run(at(25)),
      ];
      assert.deepEqual(
        [first, second, busy, third].map(({ rows }) => rows[0]?.[0]),
        [0n, 0n, 1n, 0n],
      );
      assert.deepEqual([second !== first, third !== first], [isRun, isRun]);
    });
  }

  it('goes on to execute runs after those without rows', async () => {
    const prepared = engine.prepare('Calls | project Client | sort by Client asc');
    const empty = { ...window, fromTicks: 0n, toTicks: 0n };
    const counts: number[] = [];
    for (const next of [empty, empty, window, empty]) counts.push((await prepared.run(next)).rows.length);
    assert.deepEqual(counts, [0, 0, 3, 0]);
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

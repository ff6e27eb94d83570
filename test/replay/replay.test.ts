import assert from 'node:assert/strict';
import { KqlError } from '../../src/kql/index.ts';
import { formatTimeMs } from '../../src/replay/clock.ts';
import { formatReplay } from '../../src/replay/format-replay.ts';
import type { QueryEngine, QueryWindow } from '../../src/replay/query-engine.ts';
import { replay } from '../../src/replay/replay.ts';
import { formatReplayJson } from '../../src/replay/replay-json.ts';
import type { ReplayProgress } from '../../src/replay/replay-result.ts';
import { at, clients, engineOf, nrtYaml, resultOf, ruleYaml, ticksAt } from './fixtures.ts';

const clock = { fromMs: at('2026-03-24 00:30'), toMs: at('2026-03-24 03:00'), furtherRuns: 0 };
const ids = (index: number): string => `11111111-2222-4333-8444-55555555555${index}`;
const file = (slug: string, text: string) => ({ file: `rules/${slug}.yaml`, text });

describe('a replay', () => {
  it('asks the engine for the window of each run, with now() at the time of the run', async () => {
    const engine = engineOf(() => clients(0));
    await replay([file('a', ruleYaml({ queryPeriod: '2h' }))], engine, { clock });
    const window = (from: string, to: string): QueryWindow => ({
      fromTicks: ticksAt(from),
      toTicks: ticksAt(to),
      nowTicks: ticksAt(to),
      executedTicks: ticksAt(to) + 5n * 600_000_000n,
      by: 'TimeGenerated',
    });
    assert.deepEqual(engine.windows, [
      window('2026-03-23 23:00', '2026-03-24 01:00'),
      window('2026-03-24 00:00', '2026-03-24 02:00'),
      window('2026-03-24 01:00', '2026-03-24 03:00'),
    ]);
  });

  it('starts each rule when it is said to start, the others with the clock', async () => {
    const engine = engineOf(() => clients(0));
    const starts = new Map([['b', at('2026-03-24 00:47')]]);
    const files = [file('a', ruleYaml({ id: ids(1) })), file('b', ruleYaml({ id: ids(2) }))];
    const { rules } = await replay(files, engine, { clock: { ...clock, ruleStartsMs: starts } });
    assert.deepEqual(
      rules.map(({ runs }) => runs.map(({ run }) => formatTimeMs(run.scheduledMs).slice(11, 16)).join(' ')),
      ['01:00 02:00 03:00', '00:47 01:47 02:47'],
    );
  });

  it('asks by time of ingestion for an NRT rule', async () => {
    const engine = engineOf(() => clients(0));
    const minute = { ...clock, fromMs: at('2026-03-24 03:00') };
    await replay([file('a', nrtYaml())], engine, { clock: minute });
    assert.deepEqual(engine.windows, [
      {
        fromTicks: ticksAt('2026-03-24 02:59'),
        toTicks: ticksAt('2026-03-24 03:00'),
        nowTicks: ticksAt('2026-03-24 03:00'),
        executedTicks: ticksAt('2026-03-24 03:02'),
        by: 'ingestion_time',
        longestDelayTicks: 12n * 36_000_000_000n,
      },
    ]);
  });

  it('keeps for each rule its runs, alerts and incidents, rules sorted by slug', async () => {
    const engine = engineOf(({ nowTicks }, query) =>
      clients(query === 'B' && nowTicks === ticksAt('2026-03-24 02:00') ? 4 : 0),
    );
    const files = [file('b', ruleYaml({ id: ids(2), query: 'B' })), file('a', ruleYaml({ id: ids(1), query: 'A' }))];
    const { rules, problems } = await replay(files, engine, { clock });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rules.map(({ rule, runs, alerts, incidents }) => ({
        slug: rule.slug,
        runs: runs.map((record) => (record.status === 'completed' ? [record.results, record.alerts] : record.status)),
        alerts: alerts.length,
        incidents: incidents.map(({ number }) => number),
      })),
      [
        {
          slug: 'a',
          runs: [
            [0, 0],
            [0, 0],
            [0, 0],
          ],
          alerts: 0,
          incidents: [],
        },
        {
          slug: 'b',
          runs: [
            [0, 0],
            [4, 1],
            [0, 0],
          ],
          alerts: 1,
          incidents: [1],
        },
      ],
    );
  });

  it('tells a rule that cannot be read, and runs the others', async () => {
    const files = [file('a', 'id: ['), file('b', ruleYaml()), file('c', ruleYaml({ name: 'Same id' }))];
    const { rules, problems } = await replay(
      files,
      engineOf(() => clients(1)),
      { clock },
    );
    assert.deepEqual(
      rules.map(({ rule, alerts }) => [rule.slug, alerts.length]),
      [['b', 3]],
    );
    assert.deepEqual(
      problems.map(({ file: name, message }) => [name, message.slice(0, 30)]),
      [
        ['rules/a.yaml', 'no YAML: Flow sequence in bloc'],
        ['rules/c.yaml', 'has the id of rules/b.yaml'],
      ],
    );
  });

  it('tells once where a query does not bind, with its place in the YAML, and runs the others', async () => {
    const query = 'Calls\n| where Cuont > 3\n';
    const base = engineOf(() => clients(1));
    const engine: QueryEngine = {
      prepare(text) {
        if (text !== query) return base.prepare(text);
        const start = query.indexOf('Cuont');
        throw new KqlError('binding', "no column 'Cuont'", { span: { start, end: start + 5 }, hint: 'write Count' });
      },
    };
    const broken = ruleYaml({ id: ids(1), query });
    const { rules } = await replay([file('a', broken), file('b', ruleYaml({ id: ids(2) }))], engine, { clock });
    const line = broken.slice(0, broken.indexOf('Cuont')).split('\n').length;
    assert.deepEqual(rules[0]?.problems, [
      {
        severity: 'error',
        message: "binding: no column 'Cuont'",
        hint: 'write Count',
        file: 'rules/a.yaml',
        line,
        column: (broken.split('\n')[line - 1] ?? '').indexOf('Cuont') + 1,
        runs: undefined,
      },
    ]);
    assert.deepEqual(
      rules.map(({ runs, alerts }) => [runs.length, alerts.length]),
      [
        [0, 0],
        [3, 3],
      ],
    );
  });

  it('goes on after a run that fails, and tells equal failures once with their number', async () => {
    const engine = engineOf(({ nowTicks }) => {
      if (nowTicks === ticksAt('2026-03-24 03:00')) return clients(1);
      throw new KqlError('evaluation', 'a set too large');
    });
    const { rules } = await replay([file('a', ruleYaml())], engine, { clock });
    assert.deepEqual(
      rules[0]?.runs.map(({ status }) => status),
      ['failed', 'failed', 'completed'],
    );
    assert.equal(rules[0]?.alerts.length, 1);
    assert.deepEqual(
      rules[0]?.problems.map(({ message, runs }) => ({ message, runs })),
      [{ message: 'evaluation: a set too large', runs: { count: 2, firstMs: at('2026-03-24 01:00') } }],
    );
  });

  it('tells which table the logs do not have', async () => {
    const tables = [
      { name: 'Calls', rowCount: 0 },
      { name: 'SecurityAlert', rowCount: undefined },
    ];
    const { rules } = await replay(
      [file('a', ruleYaml())],
      engineOf(() => clients(0), tables),
      { clock },
    );
    assert.deepEqual(
      rules[0]?.problems.map(({ severity, message }) => [severity, message]),
      [['note', 'reads SecurityAlert, which is not in the logs: it counts as empty']],
    );
  });

  it('warns where an alert takes a column that the query does not return', async () => {
    const text = ruleYaml({
      customDetails: { Client: 'Client', Observed: 'Calls' },
      alertDetailsOverride: { alertDisplayNameFormat: 'by {{Addres}}', alertSeverityColumnName: 'Level' },
    });
    const { rules } = await replay(
      [file('a', text)],
      engineOf(() => clients(1)),
      { clock },
    );
    assert.deepEqual(
      rules[0]?.problems.map(({ severity, message }) => `${severity} ${/'(\w+)'/.exec(message)?.[1]}`),
      ['warning Addres', 'warning Calls', 'warning Level'],
    );
  });

  it('refuses a clock of millions of runs, which one wrong time in the logs would set', async () => {
    const wide = { ...clock, fromMs: at('0100-01-01 00:00') };
    const { rules } = await replay(
      [file('a', ruleYaml())],
      engineOf(() => clients(0)),
      { clock: wide },
    );
    assert.equal(rules[0]?.runs.length, 0);
    assert.match(rules[0]?.problems[0]?.message ?? '', /^\d{8} runs would be needed from 0100-01-01T00:00:00Z to 2026/);
  });

  it('reports progress of each rule up to its last run', async () => {
    const seen: ReplayProgress[] = [];
    await replay(
      [file('a', ruleYaml())],
      engineOf(() => clients(0)),
      { clock, onProgress: (progress) => seen.push(progress) },
    );
    assert.deepEqual(
      seen.map(({ slug, done, total }) => `${slug} ${done}/${total}`),
      ['a 0/3', 'a 1/3', 'a 2/3', 'a 3/3'],
    );
  });
});

describe('the report of a replay', () => {
  const text = ruleYaml({
    eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
    customDetails: { Observed: 'Calls', Mean: 'Mean', StandardDeviation: 'Sd' },
    entityMappings: [{ entityType: 'URL', fieldMappings: [{ identifier: 'Url', columnName: 'Endpoint' }] }],
    alertDetailsOverride: { alertDisplayNameFormat: 'Spike in traffic to {{Endpoint}}' },
  });
  const engine = engineOf(({ nowTicks }) => ({
    ...resultOf(
      ['TimeGenerated:datetime', 'Endpoint', 'Calls:long', 'Mean:real', 'Sd:real'],
      nowTicks === ticksAt('2026-03-24 02:00')
        ? [
            [ticksAt('2026-03-24 01:20'), 'PUT /orders/{id}', 865n, 71.17, 57.8],
            [ticksAt('2026-03-24 01:40'), '\u001b[2J\u202e/evil\n', 700n, 70, 50],
          ]
        : [],
    ),
    rowsScanned: 1200,
  }));
  const files = [file('spike', text), file('zbroken', '- a\n')];

  it('shows what fired and why, and lets no control character of a log through', async () => {
    const report = formatReplay(await replay(files, engine, { clock }), { alertsPerRule: 20 });
    assert.equal(
      report,
      `1 rule from 2026-03-24T00:30:00Z to 2026-03-24T03:00:00Z

rule   runs  failed  rows scanned  alerts  incidents  first alert           observed against baseline
spike     3       0         3,600       2          2  2026-03-24T02:05:00Z  865 against 71.17 ± 57.8

spike: 2 alerts
  2026-03-24T02:05:00Z  Medium         Spike in traffic to PUT /orders/{id}
      Observed 865 · Mean 71.17 · StandardDeviation 57.8
      url PUT /orders/{id}
  2026-03-24T02:05:00Z  Medium         Spike in traffic to \\u{1b}[2J\\u{202e}/evil\\u{a}
      Observed 700 · Mean 70.0 · StandardDeviation 50.0
      url \\u{1b}[2J\\u{202e}/evil\\u{a}

rules/zbroken.yaml:1:1: error: the rule: ["a"] must be object
    correct the value
`,
    );
  });

  it('shows how long each rule took where it is told', async () => {
    const elapsedMs = new Map([['spike', 1234]]);
    const report = formatReplay(await replay(files, engine, { clock }), { alertsPerRule: 0, elapsedMs });
    assert.match(report, /rows scanned {3}time {2}alerts.*\nspike .* 3,600 {2}1\.2 s {7}2 /);
  });

  it('says how many alerts it does not list', async () => {
    const report = formatReplay(await replay(files, engine, { clock }), { alertsPerRule: 1 });
    assert.doesNotMatch(formatReplay(await replay(files, engine, { clock }), { alertsPerRule: 0 }), /spike:|more/);
    assert.match(report, /spike: 2 alerts\n.*orders.*\n.*\n.*\n {2}… and 1 more\n/);
  });

  it('is JSON for programs, with the figures as numbers', async () => {
    const json = JSON.parse(formatReplayJson(await replay(files, engine, { clock }), true));
    assert.deepEqual(json.rules[0].runs, {
      planned: 3,
      completed: 3,
      failed: 0,
      suppressed: 0,
      disabled: 0,
      rowsScanned: 3600,
      list: [
        {
          scheduled: '2026-03-24T01:00:00Z',
          executed: '2026-03-24T01:05:00Z',
          status: 'completed',
          results: 0,
          rowsScanned: 1200,
          alerts: 0,
        },
        {
          scheduled: '2026-03-24T02:00:00Z',
          executed: '2026-03-24T02:05:00Z',
          status: 'completed',
          results: 2,
          rowsScanned: 1200,
          alerts: 2,
        },
        {
          scheduled: '2026-03-24T03:00:00Z',
          executed: '2026-03-24T03:05:00Z',
          status: 'completed',
          results: 0,
          rowsScanned: 1200,
          alerts: 0,
        },
      ],
    });
    assert.deepEqual(json.rules[0].alerts[0].figures, { observed: 865, mean: 71.17, standardDeviation: 57.8 });
    assert.deepEqual(json.rules[0].alerts[0].start, '2026-03-24T01:20:00.0000000Z');
    assert.deepEqual(
      json.problems.map((problem: { file: string; line: number }) => [problem.file, problem.line]),
      [['rules/zbroken.yaml', 1]],
    );
  });

  it('has the same bytes in every time zone', async () => {
    const zone = process.env.TZ;
    const outputs = new Set<string>();
    try {
      for (const TZ of ['UTC', 'America/St_Johns', 'Pacific/Auckland']) {
        process.env.TZ = TZ;
        const result = await replay(files, engine, { clock });
        outputs.add(formatReplay(result, { alertsPerRule: 20 }) + formatReplayJson(result, true));
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    assert.equal(outputs.size, 1);
  });
});

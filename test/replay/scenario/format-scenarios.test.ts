import assert from 'node:assert/strict';
import { formatLists, formatScenarios } from '../../../src/replay/scenario/format-scenarios.ts';
import { formatScenariosJson } from '../../../src/replay/scenario/scenarios-json.ts';
import { formatScenariosJunit } from '../../../src/replay/scenario/scenarios-junit.ts';
import { busyRule, callsStep, run, scenarioOf } from './fixtures.ts';

const results = async () => [
  await run(scenarioOf(), undefined, true),
  await run(
    scenarioOf(
      {
        given: { steps: [callsStep('10:10', 5), callsStep('11:10', 3, { addresses: '<b>\u001b[2J' })] },
        expect: { alerts: [{ at: '2026-03-24T11:05:00Z', severity: 'High', details: { Observed: 4 } }] },
      },
      'fires-otherwise',
    ),
    undefined,
    true,
  ),
  await run(
    scenarioOf({ given: { steps: [callsStep('10:10', 2)] }, expect: { alerts: [] } }, 'quiet-x'),
    undefined,
    true,
  ),
  await run(scenarioOf({ clock: { from: '2026-03-24T11:01:00Z', to: '2026-03-24T11:02:00Z' } }, 'fires-never')),
];

describe('the report of scenarios', function () {
  this.timeout(30_000);

  it('has a line with outcome and margin for each, then what differs, the rows that mattered and all margins', async () => {
    assert.equal(
      formatScenarios(await results(), { allMargins: false }),
      `busy
  ok      fires-on-three-calls  1 alert   Calls >= 3 held at 3, with 0 to spare (0 %)
  FAILED  fires-otherwise       2 alerts  Calls >= 3 held at 3, with 0 to spare (0 %)
  ok      quiet-x               silent    Calls >= 3 missed at 2, by 1 (33 %)
  BROKEN  fires-never

FAILED busy/fires-otherwise
  scenarios/busy/fires-otherwise/scenario.yaml
  Three calls are busy.
  different: alert 1
    - severity           High
    + severity           Medium
    - Observed           4
    + Observed           5
  unexpected: alert
    + at                 2026-03-24T12:05:00Z
    + severity           Medium
    + title              <b>\\u{1b}[2J is busy
    + entities           IP <b>\\u{1b}[2J
    + Client             <b>\\u{1b}[2J
    + Observed           3
  run of 2026-03-24T11:00:00Z
    looked at Calls: 5 rows, 5 of them the scenario's, the last
      TimeGenerated 2026-03-24T10:12:00.0000000Z · Client a
      TimeGenerated 2026-03-24T10:13:00.0000000Z · Client a
      TimeGenerated 2026-03-24T10:14:00.0000000Z · Client a
    found 1 result
      Client a · Calls 5 · TimeGenerated 2026-03-24T10:10:00.0000000Z
  run of 2026-03-24T12:00:00Z
    looked at Calls: 3 rows, 3 of them the scenario's, the last
      TimeGenerated 2026-03-24T11:10:00.0000000Z · Client <b>\\u{1b}[2J
      TimeGenerated 2026-03-24T11:11:00.0000000Z · Client <b>\\u{1b}[2J
      TimeGenerated 2026-03-24T11:12:00.0000000Z · Client <b>\\u{1b}[2J
    found 1 result
      Client <b>\\u{1b}[2J · Calls 3 · TimeGenerated 2026-03-24T11:10:00.0000000Z
  margins
    Calls >= 3 held at 3, with 0 to spare (0 %)
      run of 2026-03-24T12:00:00Z: Client <b>\\u{1b}[2J · Calls 3 · TimeGenerated 2026-03-24T11:10:00.0000000Z

BROKEN busy/fires-never
  scenarios/busy/fires-never/scenario.yaml:10:1: error: no run of busy is scheduled in the clock
      widen the clock, or start it with the rule

2 passed, 1 failed, 1 broken
`,
    );
  });

  it('tells what is wrong with a rule once, and the scenarios that fail for it', async () => {
    const unbound = [busyRule({ query: 'Calls | take Three' })];
    const some = [
      await run(scenarioOf({}, 'fires-a'), unbound, true),
      await run(scenarioOf({}, 'fires-b'), unbound, true),
      await run(scenarioOf({ expect: { alerts: [] } }, 'quiet-c'), unbound, true),
    ];
    assert.equal(
      formatLists(some, { allMargins: false }),
      `busy
  FAILED  fires-a  no run
  FAILED  fires-b  no run
  FAILED  quiet-c  no run

FAILED busy/fires-a
  scenarios/busy/fires-a/scenario.yaml
  Three calls are busy.
  rules/busy.yaml:13:21: error: binding: The name 'Three' does not refer to any known column, table, variable or function. [KS142]
      correct the query in the definition of the rule, then generate again
  the same in fires-b, quiet-c`,
    );
  });

  it('shows of a long cell its beginning and its end, which tells resources apart', async () => {
    const client = `/subscriptions/${'0'.repeat(60)}/gateways/one`;
    const steps = [callsStep('10:10', 3, { addresses: client })];
    const result = await run(scenarioOf({ given: { steps }, expect: { alerts: [] } }, 'quiet-x'));
    assert.match(formatLists([result], { allMargins: false }), /Client \/subscriptions\/00000…0{26}\/gateways\/one\n/);
  });

  it('lists every margin of every scenario where it is asked to', async () => {
    const [, , quiet] = await results();
    assert.equal(
      formatLists(quiet === undefined ? [] : [quiet], { allMargins: true }),
      `busy
  ok  quiet-x  silent  Calls >= 3 missed at 2, by 1 (33 %)
          Calls >= 3 missed at 2, by 1 (33 %)
            run of 2026-03-24T11:00:00Z: Client a · Calls 2 · TimeGenerated 2026-03-24T10:10:00.0000000Z`,
    );
  });

  it('is JSON for programs', async () => {
    const { passed, failed, broken, scenarios } = JSON.parse(formatScenariosJson(await results()));
    assert.deepEqual([passed, failed, broken], [2, 1, 1]);
    const { margins, evidence, ...otherwise } = scenarios[1];
    const alert = (at: string, client: string, calls: string) => ({
      at,
      severity: 'Medium',
      title: `${client} is busy`,
      tactics: ['Impact'],
      entities: [{ IP: { Address: client } }],
      details: { Client: [client], Observed: [calls] },
    });
    const hostile = '<b>\u001b[2J';
    assert.deepEqual(otherwise, {
      rule: 'busy',
      name: 'fires-otherwise',
      file: 'scenarios/busy/fires-otherwise/scenario.yaml',
      status: 'failed',
      description: 'Three calls are busy.',
      alerts: [alert('2026-03-24T11:05:00Z', 'a', '5'), alert('2026-03-24T12:05:00Z', hostile, '3')],
      incidents: [
        { at: '2026-03-24T11:05:00Z', title: 'a is busy', severity: 'Medium', status: 'New', alerts: 1 },
        { at: '2026-03-24T12:05:00Z', title: `${hostile} is busy`, severity: 'Medium', status: 'New', alerts: 1 },
      ],
      differences: {
        alerts: [
          {
            kind: 'different',
            expectation: 1,
            fields: [
              { field: 'severity', expected: 'High', actual: 'Medium' },
              { field: 'Observed', expected: '4', actual: '5' },
            ],
          },
          { kind: 'unexpected', actual: alert('2026-03-24T12:05:00Z', hostile, '3') },
        ],
        incidents: [],
      },
      problems: [],
      conditions: [],
    });
    assert.deepEqual(
      evidence.map(({ scheduled, resultCount }: { scheduled: string; resultCount: number }) => [
        scheduled,
        resultCount,
      ]),
      [
        ['2026-03-24T11:00:00Z', 1],
        ['2026-03-24T12:00:00Z', 1],
      ],
    );
    assert.deepEqual(margins, [
      {
        threshold: 'Calls >= 3',
        side: 'holds',
        value: 3,
        limit: 3,
        distance: 0,
        relative: 0,
        decides: true,
        run: '2026-03-24T12:00:00Z',
        row: { Client: hostile, Calls: '3', TimeGenerated: '2026-03-24T11:10:00.0000000Z' },
      },
    ]);
  });

  it('is JUnit for servers, without a character that XML does not have', async () => {
    const xml = formatScenariosJunit(await results());
    assert.match(
      xml,
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="pack test" tests="4" failures="1" errors="1">/,
    );
    assert.match(xml, /<testcase classname="busy" name="fires-on-three-calls" file="[^"]+"\/>/);
    assert.match(xml, /<failure message="different, unexpected">FAILED busy\/fires-otherwise\n/);
    assert.match(xml, /<error message="no run of busy is scheduled in the clock">/);
    assert.match(xml, /\+ title {14}&lt;b&gt;\\u\{1b\}\[2J is busy/);
    assert.deepEqual(
      xml.match(/\p{Cc}/gu)?.filter((character) => character !== '\n'),
      [],
    );
  });

  it('has the same bytes twice, and in every time zone', async () => {
    const zone = process.env.TZ;
    const outputs = new Set<string>();
    try {
      for (const TZ of ['UTC', 'America/St_Johns', 'Pacific/Auckland']) {
        process.env.TZ = TZ;
        const some = await results();
        outputs.add(
          formatScenarios(some, { allMargins: true }) + formatScenariosJson(some) + formatScenariosJunit(some),
        );
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    assert.equal(outputs.size, 1);
  });
});

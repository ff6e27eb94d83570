import assert from 'node:assert/strict';
import type { RuleFile } from '../../../src/replay/read-rules.ts';
import { ruleYaml } from '../fixtures.ts';
import { run as runAlongside } from './alongside.ts';
import { busyRule, callsStep, run, runOf, scenarioOf } from './fixtures.ts';

const alertAt = '2026-03-24T11:05:00Z';
const expecting = (alert: object, more: object = {}) => ({ expect: { alerts: [{ at: alertAt, ...alert }] }, ...more });

/** `passed`, or what differs: `field expected → actual`. */
async function told(...args: Parameters<typeof run>): Promise<readonly string[]> {
  const result = await runOf(...args);
  const lines = [...result.alertDifferences, ...result.incidentDifferences].flatMap((difference) =>
    difference.kind === 'different'
      ? difference.fields.map(({ field, expected, actual }) => `${field} ${expected} → ${actual}`)
      : [difference.kind],
  );
  const all = [...lines, ...result.problems.map(({ message }) => message)];
  assert.equal(result.status, all.length === 0 ? 'passed' : 'failed');
  return all.length === 0 ? ['passed'] : all;
}

const brokenBy = async (...args: Parameters<typeof run>): Promise<string> => {
  const result = await run(...args);
  assert.equal(result.status, 'broken');
  const { message, line, hint } = result.status === 'broken' ? result.problem : { message: '', line: 0, hint: '' };
  return `${line} ${message} | ${hint}`;
};

describe('running a scenario', function () {
  this.timeout(30_000);

  it('passes where the rule raises exactly what is expected', async () => {
    const all = {
      severity: 'Medium',
      title: 'a is busy',
      description: 'Identifies many calls.',
      tactics: ['Impact'],
      entities: [{ IP: { Address: 'a' } }],
      details: { Observed: 3, Client: 'a' },
    };
    assert.deepEqual(await told(scenarioOf(expecting(all))), ['passed']);
  });

  const wrong: readonly (readonly [alert: object, difference: string])[] = [
    [{ at: '2026-03-24T12:05:00Z' }, 'at 2026-03-24T12:05:00Z → 2026-03-24T11:05:00Z'],
    [{ severity: 'High' }, 'severity High → Medium'],
    [{ title: 'b is busy' }, 'title b is busy → a is busy'],
    [{ description: 'x' }, 'description x → Identifies many calls.'],
    [{ tactics: ['Impact', 'Execution'] }, 'tactics Impact, Execution → Impact'],
    [{ entities: [] }, 'entities none → IP { Address: a }'],
    [{ entities: [{ IP: { Address: 'b' } }] }, 'entities IP { Address: b } → IP { Address: a }'],
    [
      { entities: [{ IP: { Address: 'a' } }, { IP: { Address: 'a' } }] },
      'entities IP { Address: a }, IP { Address: a } → IP { Address: a }',
    ],
    [{ details: { Observed: 4 } }, 'Observed 4 → 3'],
    [{ details: { Observed: [3, 3] } }, 'Observed 3, 3 → 3'],
    [{ details: { Client: [] } }, 'Client none → a'],
  ];
  for (const [alert, difference] of wrong) {
    it(`fails and tells ${difference}`, async () => {
      assert.deepEqual(await told(scenarioOf(expecting(alert))), [difference]);
    });
  }

  it('takes numbers in details by value: 3, 3.0 and 30e-1 are one', async () => {
    const real = busyRule({
      query: 'Calls | summarize N = toreal(count()), TimeGenerated = min(TimeGenerated) by Client | where N >= 3',
      customDetails: { Observed: 'N' },
    });
    assert.deepEqual(await told(scenarioOf(expecting({ details: { Observed: 3 } })), [real]), ['passed']);
    assert.deepEqual(await told(scenarioOf(expecting({ details: { Observed: '3' } })), [real]), ['Observed 3 → 3.0']);
  });

  it('takes a time between two, both included', async () => {
    const between = (from: string, to: string) => ({
      expect: { alerts: [{ between: [`2026-03-24T${from}:00Z`, `2026-03-24T${to}:00Z`] }] },
    });
    assert.deepEqual(await told(scenarioOf(between('11:05', '11:06'))), ['passed']);
    assert.deepEqual(await told(scenarioOf(between('11:06', '12:05'))), [
      'between 2026-03-24T11:06:00Z and 2026-03-24T12:05:00Z → 2026-03-24T11:05:00Z',
    ]);
  });

  it('fails where an alert comes that nobody expects, and where one is missing', async () => {
    const given = { given: { steps: [callsStep('10:10', 3), callsStep('10:20', 3, { addresses: 'b' })] } };
    assert.deepEqual(await told(scenarioOf(given)), ['unexpected']);
    const quiet = { given: { steps: [callsStep('10:10', 2)] } };
    assert.deepEqual(await told(scenarioOf(quiet)), ['missing']);
    assert.deepEqual(await told(scenarioOf({ ...quiet, expect: { alerts: [] } }, 'quiet-on-two-calls')), ['passed']);
    assert.deepEqual(await told(scenarioOf({ expect: { alerts: [] } }, 'quiet-on-three-calls')), ['unexpected']);
  });

  it('compares incidents where they are stated', async () => {
    const incidents = (...list: readonly object[]) => ({ expect: { alerts: [{ at: alertAt }], incidents: list } });
    const right = { at: alertAt, title: 'a is busy', severity: 'Medium', status: 'New', alerts: 1 };
    assert.deepEqual(await told(scenarioOf(incidents(right))), ['passed']);
    assert.deepEqual(await told(scenarioOf(incidents({ ...right, status: 'Closed', title: 'x' }))), [
      'title x → a is busy',
      'status Closed → New',
    ]);
  });

  it('hides rows until they arrive', async () => {
    const late = (arrives: string) => ({ given: { steps: [callsStep('10:10', 3, { arrives })] } });
    assert.deepEqual(await told(scenarioOf(late('53m'))), ['passed']);
    assert.deepEqual(await told(scenarioOf(late('54m'))), ['missing']);
  });

  it('takes rows that are written out, of every type', async () => {
    const rows = ['10:10', '10:11', '10:12'].map((time) => ({
      TimeGenerated: `2026-03-24T${time}:00Z`,
      Client: 'a',
      Bytes: 5,
      Share: 0.5,
      Took: '00:00:30',
      Headers: { Via: ['x'] },
      Ok: true,
    }));
    const rule = busyRule({
      query: `Calls | where Bytes == 5 and Share == 0.5 and Took == 30s and tostring(Headers.Via[0]) == "x" and Ok
        | summarize Calls = count(), TimeGenerated = min(TimeGenerated) by Client | where Calls >= 3`,
    });
    assert.deepEqual(await told(scenarioOf({ given: { rows: [{ table: 'Calls', rows }] } }), [rule]), ['passed']);
  });

  it('runs other rules beside it where it reads what they raise', async () => {
    const reader: RuleFile = {
      file: 'rules/reader.yaml',
      text: ruleYaml({
        id: '11111111-2222-4333-8444-555555555559',
        query: 'SecurityAlert | where AlertName endswith "is busy" | project TimeGenerated, Seen = AlertName',
        customDetails: { Seen: 'Seen' },
      }),
    };
    const yaml = {
      alongside: ['busy'],
      expect: { alerts: [{ at: '2026-03-24T12:05:00Z', details: { Seen: 'a is busy' } }] },
    };
    assert.deepEqual(await runAlongside(yaml, [reader, busyRule()]), 'passed');
  });

  const contradictions: readonly (readonly [what: string, changes: object, name: string, message: RegExp])[] = [
    [
      'a folder that says fires and no alert',
      { expect: { alerts: [] } },
      'fires-on-three-calls',
      /fires-on-three-calls expects no alert \| name the folder/,
    ],
    ['a folder that says quiet and an alert', {}, 'quiet-on-three-calls', /quiet-on-three-calls expects an alert/],
    ['a folder that says neither', {}, 'three-calls', /the folder 'three-calls' does not say/],
    [
      'a clock that ends before it starts',
      { clock: { from: '2026-03-24T12:00:00Z', to: '2026-03-24T11:00:00Z' } },
      'fires-x',
      /the clock ends before it starts/,
    ],
    [
      'a clock without a run',
      { clock: { from: '2026-03-24T11:01:00Z', to: '2026-03-24T11:59:00Z' } },
      'fires-x',
      /no run of busy is scheduled in the clock/,
    ],
    [
      'a time at which no run creates alerts',
      expecting({ at: '2026-03-24T11:00:00Z' }),
      'fires-x',
      /no run creates alerts at the time expected \| runs create alerts at 2026-03-24T11:05:00Z, 2026-03-24T12:05:00Z/,
    ],
    [
      'a time between runs',
      { expect: { alerts: [{ between: ['2026-03-24T11:06:00Z', '2026-03-24T12:04:00Z'] }] } },
      'fires-x',
      /no run creates alerts between/,
    ],
    ['two kinds of time', expecting({ between: [alertAt, alertAt] }), 'fires-x', /both at and between/],
    [
      'a time that ends before it starts',
      { expect: { alerts: [{ between: ['2026-03-24T12:05:00Z', alertAt] }] } },
      'fires-x',
      /between ends before it starts/,
    ],
    [
      'a detail that the rule does not have',
      expecting({ details: { Obsreved: 3 } }),
      'fires-x',
      /the rule has no detail 'Obsreved' \| its details are Client, Observed/,
    ],
    [
      'an entity that the rule does not map',
      expecting({ entities: [{ URL: { Url: 'x' } }] }),
      'fires-x',
      /maps no entity of the type 'URL' \| it maps IP/,
    ],
    [
      'more incidents than alerts',
      { expect: { alerts: [{}], incidents: [{ count: 2 }] } },
      'fires-x',
      /2 incidents of 1 alerts/,
    ],
    [
      'no incident of a rule that creates them',
      { expect: { alerts: [{}], incidents: [] } },
      'fires-x',
      /alerts without an incident/,
    ],
    [
      'incidents with more alerts than there are',
      { expect: { alerts: [{}], incidents: [{ alerts: 2 }] } },
      'fires-x',
      /the incidents hold 2 alerts, and 1 are expected/,
    ],
    [
      'incidents with fewer alerts than there are',
      { expect: { alerts: [{ count: 2 }], incidents: [{ alerts: 1 }] } },
      'fires-x',
      /the incidents hold 1 alerts, and 2 are expected/,
    ],
    [
      'an expectation without width',
      { expect: { alerts: [{ between: [alertAt, alertAt] }] } },
      'fires-x',
      /between has no width \| write at: 2026-03-24T11:05:00Z/,
    ],
    [
      'a clock of one moment at which no run is scheduled',
      { clock: { from: '2026-03-24T11:01:00Z', to: '2026-03-24T11:01:00Z' } },
      'fires-x',
      /no run of busy is scheduled in the clock/,
    ],
    [
      'an attack after the last run, whatever happens before it',
      { given: { steps: [callsStep('10:10', 2), callsStep('12:06', 3)] }, expect: { alerts: [] } },
      'quiet-x',
      /^\d+ this happens after the last run, which is executed at 2026-03-24T12:05:00Z \| correct its time/,
    ],
    [
      'rows that no run looks at',
      { given: { steps: [callsStep('09:10', 3)] } },
      'fires-x',
      /no run of the rule looks at any row .* \| it reads Calls:/,
    ],
  ];
  for (const [what, changes, name, message] of contradictions) {
    it(`calls ${what} a contradiction`, async () => {
      assert.match(await brokenBy(scenarioOf(changes as Record<string, unknown>, name)), message);
    });
  }

  it('calls incidents of a rule that creates none a contradiction', async () => {
    const rule = busyRule({ incidentConfiguration: { createIncident: false } });
    const scenario = scenarioOf({ expect: { alerts: [{}], incidents: [{}] } });
    assert.match(await brokenBy(scenario, [rule]), /the rule creates no incidents/);
  });

  const badRows: readonly (readonly [what: string, given: object, message: RegExp])[] = [
    [
      'a table that does not exist',
      { rows: [{ table: 'Cals', rows: [{ TimeGenerated: alertAt }] }] },
      /there is no table Cals \| the tables are Calls/,
    ],
    [
      'a column that does not exist',
      { rows: [{ table: 'Calls', rows: [{ TimeGenerated: alertAt, Cleint: 'a' }] }] },
      /Calls: the table has no column 'Cleint' \| its columns are Bytes, Client/,
    ],
    [
      'a number as text',
      { rows: [{ table: 'Calls', rows: [{ TimeGenerated: alertAt, Client: 1 }] }] },
      /Client: 1 is no string \| put the text into quotes/,
    ],
    [
      'text as a number',
      { rows: [{ table: 'Calls', rows: [{ TimeGenerated: alertAt, Bytes: 'many' }] }] },
      /Bytes: "many" is no long/,
    ],
    [
      'a fraction as a whole number',
      { rows: [{ table: 'Calls', rows: [{ TimeGenerated: alertAt, Bytes: 1.5 }] }] },
      /Bytes: 1.5 is no long/,
    ],
    [
      'a step that cannot be built',
      { steps: [callsStep('10:10', 1, { addresses: 'broken' })] },
      /calls: no such client/,
    ],
  ];
  for (const [what, given, message] of badRows) {
    it(`is broken by ${what}, told with its line`, async () => {
      const text = await brokenBy(scenarioOf({ given }));
      assert.match(text, message);
      assert.match(text, /^[1-9]/);
    });
  }

  it('is broken by a rule that does not exist', async () => {
    assert.match(await brokenBy(scenarioOf(), []), /there is no rule 'busy' \| run: npm run -s pack -- generate/);
    assert.match(
      await brokenBy(scenarioOf({ alongside: ['other'] })),
      /there is no rule 'other' \| the rules are busy/,
    );
  });

  it('fails on a rule that throws in one run of many, with one message, and still compares the others', async () => {
    const rule = busyRule({
      query: `Calls
        | summarize Calls = count(), TimeGenerated = min(TimeGenerated) by Client
        | where assert(Calls < 4, "too many") and Calls >= 3`,
    });
    const changes = {
      given: { steps: [callsStep('10:10', 3), callsStep('11:10', 4), callsStep('12:10', 4)] },
      clock: { from: '2026-03-24T11:00:00Z', to: '2026-03-24T13:00:00Z' },
    };
    assert.deepEqual(await told(scenarioOf(changes), [rule]), [
      "evaluation: assert() has failed with message: 'too many'",
    ]);
    const { problems, alerts } = await runOf(scenarioOf(changes), [rule], true);
    assert.deepEqual([problems[0]?.runs?.count, alerts.length], [2, 1]);
  });

  it('fails on a rule that cannot be read or bound, and on one whose alert takes a column that is not there', async () => {
    assert.match((await told(scenarioOf(), [{ file: 'rules/busy.yaml', text: 'id: [' }])).join(), /no YAML/);
    assert.match((await told(scenarioOf(), [busyRule({ query: 'Cals | take 1' })])).join(), /^binding: .*Cals/);
    const dropped = busyRule({ customDetails: { Client: 'Client', Observed: 'Calls', Lost: 'Lost' } });
    assert.match((await told(scenarioOf(), [dropped])).join(), /the query returns no column 'Lost'/);
  });

  it('shows the rows that mattered: what the run in question looked at, and what it found', async () => {
    const { evidence } = await runOf(scenarioOf(expecting({ severity: 'High' })));
    assert.deepEqual(
      evidence.map(({ run: { scheduledMs }, ...rest }) => ({ at: new Date(scheduledMs).toISOString(), ...rest })),
      [
        {
          at: '2026-03-24T11:00:00.000Z',
          tables: [
            {
              name: 'Calls',
              rows: 4,
              own: 3,
              sample: ['10:10', '10:11', '10:12'].map((time) => ({
                TimeGenerated: `2026-03-24T${time}:00.0000000Z`,
                Client: 'a',
              })),
            },
          ],
          results: [{ Client: 'a', Calls: '3', TimeGenerated: '2026-03-24T10:10:00.0000000Z' }],
          resultCount: 1,
        },
      ],
    );
    assert.deepEqual((await runOf(scenarioOf())).evidence, []);
  });

  it('gives the same result a second time, from what it has kept', async () => {
    const scenario = scenarioOf(expecting({ severity: 'High' }));
    assert.deepEqual(await run(scenario), await run(scenario));
  });
});

import assert from 'node:assert/strict';
import { readScenario } from '../../../src/replay/scenario/read-scenario.ts';
import { updateScenario } from '../../../src/replay/scenario/update-scenario.ts';
import { busyRule, run, runOf, scenarioFile } from './fixtures.ts';

const head = (steps: string): string => `# What this file is for.
rule: busy   # a rule of these tests
description: 'Three calls   are busy.'
given:
  # Spread over minutes.
  steps:
${steps}
clock: {from: 2026-03-24T11:00:00Z,   to: 2026-03-24T13:00:00Z}
`;
const step = (at: string, count: number, client = 'a'): string =>
  `    - calls: { at: 2026-03-24T${at}:00Z, endpoint: GET /x, count: ${count}, addresses: ${client} }`;

/** The text after the update, which must then pass; nothing before the expectations may have changed. */
async function updated(steps: string, expect: string, name = 'fires-x', tail = ''): Promise<string> {
  const text = `${head(steps)}${expect}${tail}`;
  const scenario = readScenario(text, scenarioFile(name));
  const after = updateScenario(text, await runOf(scenario));
  assert.ok(after.startsWith(head(steps)), after);
  assert.ok(after.endsWith(tail), after);
  const again = await run(readScenario(after, scenarioFile(name)));
  assert.equal(again.status, 'passed', after);
  return after.slice(head(steps).length, tail === '' ? undefined : -tail.length);
}

describe('updating what a scenario expects', function () {
  this.timeout(30_000);

  it('changes values and keeps comments, order and style, and what is not stated', async () => {
    const expect = `expect: # why
  alerts:
    # the first of the day
    - severity: High # graver
      details: { Observed: 4, Client: "a" }   # counted
      at: 2026-03-24T12:05:00Z
`;
    assert.equal(
      await updated(step('10:10', 3), expect),
      `expect:
  # why
  alerts:
    # the first of the day
    - severity: Medium # graver
      details: { Observed: 3, Client: "a" } # counted
      at: 2026-03-24T11:05:00Z
`,
    );
  });

  it('leaves a list that still holds as it is written, and writes one that does not in its style', async () => {
    const expect = (tactics: string) => `expect:
  alerts:
    - severity: Medium
      tactics: ${tactics}
      entities: [ { IP: { Address: a } } ]
`;
    for (const before of ['[ Impact ]', '[ Execution ]'])
      assert.equal(await updated(step('10:10', 3), expect(before)), expect('[ Impact ]'));
    const lines = expect('\n        # why\n        - Impact');
    assert.equal(await updated(step('10:10', 3), lines), lines.replace('tactics: ', 'tactics:'));
  });

  it('states a new alert in full, and drops what is no longer raised', async () => {
    const expect = `expect:
  alerts:
    - { at: 2026-03-24T11:05:00Z, title: a is busy }
    - { at: 2026-03-24T13:05:00Z, title: c is busy } # gone
`;
    assert.equal(
      await updated([step('10:10', 3), step('11:10', 5, 'b')].join('\n'), expect),
      `expect:
  alerts:
    - { at: 2026-03-24T11:05:00Z, title: a is busy }
    - { at: 2026-03-24T12:05:00Z, title: b is busy } # gone
`,
    );
    assert.equal(
      await updated(
        [step('10:10', 3), step('11:10', 5, 'b')].join('\n'),
        'expect:\n  alerts:\n    - title: a is busy\n',
      ),
      `expect:
  alerts:
    - title: a is busy
    - at: 2026-03-24T12:05:00Z
      severity: Medium
      title: b is busy
      entities:
        - IP:
            Address: b
      details:
        Client: b
        Observed: 5
`,
    );
  });

  it('counts alerts that are alike, and splits those that are not', async () => {
    const twins = [step('10:10', 3), step('10:20', 3, 'b')].join('\n');
    assert.equal(
      await updated(twins, 'expect:\n  alerts:\n    - { at: 2026-03-24T11:05:00Z }\n'),
      `expect:
  alerts:
    - { at: 2026-03-24T11:05:00Z }
    - at: 2026-03-24T11:05:00Z
      severity: Medium
      title: b is busy
      entities:
        - IP:
            Address: b
      details:
        Client: b
        Observed: 3
`,
    );
    assert.equal(
      await updated(twins, 'expect:\n  alerts:\n    - { at: 2026-03-24T12:05:00Z, count: 3 }\n'),
      'expect:\n  alerts:\n    - { at: 2026-03-24T11:05:00Z, count: 2 }\n',
    );
  });

  it('keeps a span of time that still fits, and puts a time for one that does not', async () => {
    const between = (from: string, to: string) =>
      `expect:\n  alerts:\n    - between: [2026-03-24T${from}:00Z, 2026-03-24T${to}:00Z]\n      severity: Low\n`;
    assert.equal(
      await updated(step('10:10', 3), between('11:00', '11:30')),
      between('11:00', '11:30').replace('Low', 'Medium').replace('[', '[ ').replace(']', ' ]'),
    );
    assert.match(await updated(step('10:10', 3), between('12:00', '12:30')), /at: 2026-03-24T11:05:00Z\n$/);
  });

  it('replaces entities as a whole, and incidents where they are compared', async () => {
    const expect = `expect:
  alerts:
    - entities: [{ IP: { Address: b } }]
  incidents:
    - { at: 2026-03-24T12:05:00Z, alerts: 1 } # one of them
`;
    assert.equal(
      await updated(step('10:10', 3), expect),
      `expect:
  alerts:
    - entities: [ { IP: { Address: a } } ]
  incidents:
    - { at: 2026-03-24T11:05:00Z, alerts: 1 } # one of them
`,
    );
  });

  it('leaves what comes after the expectations, to the byte', async () => {
    const expect = 'expect:\n  alerts: [{severity: Low}]\n';
    const tail = "# The last word.\ncloseIncidentsAfter:   '8h'\n";
    assert.equal(
      await updated(step('10:10', 3), expect, 'fires-x', tail),
      'expect:\n  alerts:\n    - { severity: Medium }\n',
    );
  });

  it('refuses to make a quiet scenario loud, or a loud one quiet', async () => {
    const loud = `${head(step('10:10', 3))}expect:\n  alerts: []\n`;
    const quietScenario = readScenario(loud, scenarioFile('quiet-x'));
    const ran = await runOf(quietScenario);
    assert.throws(() => updateScenario(loud, ran), {
      code: 'scenario-contradiction',
      message: 'quiet-x would expect 1 alerts: not updated',
    });
    const quiet = `${head(step('10:10', 3))}expect:\n  alerts: [{}]\n`;
    const deaf = [busyRule({ query: 'Calls | where Bytes > 9 | project TimeGenerated, Client, Calls = Bytes' })];
    const silent = await runOf(readScenario(quiet, scenarioFile('fires-x')), deaf);
    assert.throws(() => updateScenario(quiet, silent), { message: 'fires-x would expect no alert: not updated' });
  });
});

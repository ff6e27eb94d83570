import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Command } from 'commander';
import { registerMutate } from '../../scripts/commands/mutate.ts';
import { UsageError } from '../../scripts/usage-error.ts';

const rule = `id: 11111111-2222-4333-8444-555555555555
name: Many operations of one account
description: Counts.
severity: Medium
queryFrequency: 1h
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
eventGroupingSettings:
  aggregationKind: AlertPerResult
query: |
  AzureActivity
  | where isnotempty(Caller)
  | summarize Calls = count() by Caller
  | where Calls >= 3
customDetails:
  Calls: Calls
version: 1.0.0
kind: Scheduled
`;

/** So many operations of each account at 10:20. */
const scenario = (calls: Readonly<Record<string, number>>, expected: string): string => {
  const rows = Object.entries(calls).flatMap(([caller, count]) =>
    Array.from({ length: count }, () => `        - { TimeGenerated: 2026-03-24T10:20:00Z, Caller: '${caller}' }\n`),
  );
  return `rule: busy-account
description: Operations of an hour.
given:
  rows:
    - table: AzureActivity
      rows:
${rows.join('')}clock: { from: 2026-03-24T10:00:00Z, to: 2026-03-24T12:00:00Z }
expect:
  alerts: ${expected}
`;
};
const alert = (calls: number): string =>
  `[{ at: 2026-03-24T11:05:00Z, severity: Medium, details: { Calls: ${calls} } }]`;

describe('pack mutate', function () {
  this.timeout(60_000);
  let folder: string;
  let exitCode: typeof process.exitCode;
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  before(async () => {
    exitCode = process.exitCode;
    folder = await mkdtemp(join(tmpdir(), 'mutate-'));
    await put('rules/busy-account.yaml', rule);
    await put('weak/busy-account/fires-far-above/scenario.yaml', scenario({ ann: 9 }, alert(9)));
    await put('good/busy-account/fires-at-three/scenario.yaml', scenario({ ann: 3, '': 4 }, alert(3)));
    await put('good/busy-account/quiet-at-two-each/scenario.yaml', scenario({ ann: 2, bob: 2 }, '[]'));
    await put('wrong/busy-account/fires-at-two/scenario.yaml', scenario({ ann: 2 }, alert(2)));
    await put('none/other/README', '');
  });
  after(async () => {
    process.exitCode = exitCode;
    await rm(folder, { recursive: true });
  });

  /** What the command writes to standard output and standard error, and its exit code. */
  async function pack(
    scenarios: string,
    ...args: readonly string[]
  ): Promise<{ readonly text: string; readonly errors: string; readonly exitCode: unknown }> {
    const program = new Command('pack').exitOverride();
    registerMutate(program);
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
    const { write } = process.stdout;
    const { error } = console;
    const errors: string[] = [];
    let text = '';
    process.exitCode = 0;
    console.error = (line: string) => errors.push(line);
    process.stdout.write = ((part: string) => {
      text += part;
      return true;
    }) as typeof write;
    const folders = ['--rules', join(folder, 'rules'), '--scenarios', join(folder, scenarios)];
    try {
      await program.parseAsync(['mutate', ...folders, ...args], { from: 'user' });
    } finally {
      process.stdout.write = write;
      console.error = error;
    }
    return { text, errors: errors.join('\n'), exitCode: process.exitCode };
  }

  it('lists what a single scenario far above the threshold leaves untested, and exits with 1', async () => {
    const { text, exitCode: code } = await pack('weak', '--threads', '1');
    assert.equal(code, 1);
    const survivors = text.match(/^ {2}.* {2}→ {2}.*$/gm)?.map((line) => line.trim());
    assert.deepEqual(survivors, [
      'createIncident: true  →  createIncident: false',
      'aggregationKind: AlertPerResult  →  aggregationKind: SingleAlert',
      'where isnotempty(Caller)  →  (left out)',
      'Caller  →  (left out)',
      'where Calls >= 3  →  (left out)',
      'Calls >= 3  →  Calls > 3',
      'Calls >= 3  →  Calls >= 4',
      'Calls >= 3  →  Calls >= 2',
      'Calls >= 3  →  Calls >= 5',
    ]);
    assert.match(text, /rules\/busy-account\.yaml:15:11: threshold-plus-one\n {2}15 \| {3}\| where Calls >= 3\n/);
    assert.match(text, /\nBelow 95\.0 %: busy-account\. Write a scenario/);
  });

  it('leaves what the scenarios on both sides of the threshold do not tell apart', async () => {
    const { text, exitCode: code } = await pack('good', 'busy-account', '--minimum', '80', '--threads', '1');
    assert.equal(code, 0);
    const survivors = text.match(/^ {2}.* {2}→ {2}.*$/gm)?.map((line) => line.trim());
    assert.deepEqual(survivors, [
      'createIncident: true  →  createIncident: false',
      'aggregationKind: AlertPerResult  →  aggregationKind: SingleAlert',
    ]);
  });

  it('takes declared equivalents out of the score, and refuses one that a scenario tells from the rule', async () => {
    const path = 'good/busy-account/equivalent-mutants.yaml';
    const reason = 'In this test nobody reads incidents.';
    await put(path, `- { mutation: incident-changed, text: 'createIncident: true', reason: ${reason} }\n`);
    const { text } = await pack('good', '--format', 'json', '--minimum', '0', '--threads', '1');
    const { total } = JSON.parse(text);
    assert.deepEqual([total.survived, total.equivalent], [1, 1]);
    await put(path, `- { mutation: where-dropped, text: 'where isnotempty(Caller)', reason: ${reason} }\n`);
    const refused = await pack('good', '--threads', '1');
    assert.equal(refused.exitCode, 2);
    assert.match(
      refused.text,
      /equivalent-mutants\.yaml:1: error: .* is no equivalent: fires-at-three tells it from the rule/,
    );
    await rm(join(folder, path));
  });

  it('gives the same bytes with one thread and with two', async () => {
    const one = await pack('good', '--format', 'json', '--threads', '1');
    const two = await pack('good', '--format', 'json', '--threads', '2');
    assert.equal(one.text, two.text);
  });

  it('says nothing about the mutants of a rule that fails a scenario itself, or has none', async () => {
    const wrong = await pack('wrong', '--threads', '1');
    assert.match(wrong.text, /^\S*busy-account\.yaml: error: fails its scenario fires-at-two\n +correct it first/);
    assert.equal(wrong.exitCode, 2);
    const none = await pack('none', '--threads', '1');
    assert.match(none.text, /^error: busy-account has no scenario/);
    assert.equal(none.exitCode, 2);
    await put('half/busy-account/fires-at-three/scenario.yaml', scenario({ ann: 3, '': 4 }, alert(3)));
    await mkdir(join(folder, 'half/busy-account/quiet-and-empty'));
    const half = await pack('half', '--threads', '1');
    assert.match(half.text, /^\S*quiet-and-empty\S*: error: the scenario quiet-and-empty cannot be read\n/);
    assert.equal(half.exitCode, 2);
    await assert.rejects(
      pack('good', 'idle-account'),
      (error) => error instanceof UsageError && /there is no rule 'idle-account'/.test(error.message),
    );
  });

  it('judges the other rules where one has no score', async () => {
    await put('two/late-account.yaml', rule.replace('1111', '2222').replace('Calls >= 3', 'Calls >= 9'));
    await put('two/busy-account.yaml', rule);
    for (const slug of ['busy-account', 'late-account']) {
      const text = scenario({ ann: 3, '': 4 }, alert(3)).replace('busy-account', slug);
      await put(`both/${slug}/fires-at-three/scenario.yaml`, text);
    }
    const { text, exitCode: code } = await pack(
      'both',
      '--threads',
      '1',
      '--minimum',
      '0',
      '--rules',
      join(folder, 'two'),
    );
    assert.equal(code, 2);
    assert.match(text, /^busy-account +\d+ /m);
    assert.match(text, /late-account\.yaml: error: fails its scenario fires-at-three/);
  });

  it('ends on Ctrl-C with one line and no score', async () => {
    const before = process.listeners('SIGINT');
    const ended = pack('good', '--threads', '1');
    while (process.listenerCount('SIGINT') === before.length) await nextTurn();
    const [interrupt] = process.listeners('SIGINT').filter((listener) => !before.includes(listener));
    // The test runner listens too, so only the command is told.
    interrupt?.('SIGINT');
    const { text, errors, exitCode: code } = await ended;
    assert.deepEqual([code, text], [130, '']);
    assert.match(errors, /^interrupted: .*$/);
    assert.deepEqual(process.listeners('SIGINT'), before);
  });

  it('tells its speed apart from the report', async () => {
    assert.match((await pack('good', '--threads', '1')).errors, /^21 mutants in \d+\.\d s, \d+\.\d a second$/);
  });
});

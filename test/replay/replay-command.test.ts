import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerReplay } from '../../scripts/commands/replay.ts';
import { UsageError } from '../../scripts/usage-error.ts';
import { runPackHere } from '../run-pack-here.ts';
import { ruleYaml } from './fixtures.ts';

const rule = ruleYaml({
  query: 'AzureActivity | where OperationNameValue has "policies" | project TimeGenerated, Caller\n',
  customDetails: { Caller: 'Caller' },
});
const row = (time: string, caller: string): string =>
  JSON.stringify({
    TimeGenerated: `2026-03-24T${time}Z`,
    OperationNameValue: 'network/policies/write',
    Caller: caller,
  });

describe('pack replay', function () {
  this.timeout(30_000);
  let folder: string;
  let exitCode: typeof process.exitCode;
  before(async () => {
    exitCode = process.exitCode;
    folder = await mkdtemp(join(tmpdir(), 'replay-'));
    await Promise.all(['rules', 'logs', 'broken', 'empty'].map((name) => mkdir(join(folder, name))));
    const rows = [row('10:20:00', 'ann@contoso.com'), row('10:40:00', 'bob@contoso.com')];
    await writeFile(join(folder, 'rules', 'weakened.yaml'), rule);
    await writeFile(join(folder, 'logs', 'AzureActivity.ndjson'), rows.join('\n'));
    await writeFile(join(folder, 'broken', 'AzureActivity.ndjson'), [...rows, '{"TimeGenerated":'].join('\n'));
  });
  after(async () => {
    process.exitCode = exitCode;
    await rm(folder, { recursive: true });
  });

  /** What the command writes to standard output, and its exit code. */
  async function pack(...args: readonly string[]): Promise<{ readonly text: string; readonly exitCode: unknown }> {
    const program = new Command('pack').exitOverride();
    registerReplay(program);
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
    const { write } = process.stdout;
    let text = '';
    process.exitCode = 0;
    process.stdout.write = ((part: string) => {
      text += part;
      return true;
    }) as typeof write;
    try {
      await program.parseAsync(['replay', ...args], { from: 'user' });
    } finally {
      process.stdout.write = write;
    }
    return { text, exitCode: process.exitCode };
  }
  const rules = (): string => join(folder, 'rules');

  it('follows the data: one alert at 11:05 for the two rows before 11:00', async () => {
    const { text, exitCode: code } = await pack('--data', join(folder, 'logs'), '--rules', rules());
    assert.equal(code, 0);
    assert.match(text, /^1 rule from 2026-03-24T10:20:00Z to 2026-03-24T10:40:00Z\n/);
    assert.match(
      text,
      /\nweakened +2 +0 +2 +\d+\.\d s +1 +1 {2}2026-03-24T11:05:00Z {2}Caller ann@contoso.com and 1 more\n/,
    );
    assert.match(text, / {2}2026-03-24T11:05:00Z {2}Medium +Many calls\n +Caller ann@contoso.com, bob@contoso.com\n/);
  });

  it('writes the same JSON every time', async () => {
    const args = ['--data', join(folder, 'logs'), '--rules', rules(), '--format', 'json', '--runs'];
    const [first, second] = [await pack(...args), await pack(...args)];
    assert.equal(first.text, second.text);
    const json = JSON.parse(first.text);
    assert.deepEqual(
      json.rules[0].runs.list.map((one: { alerts: number }) => one.alerts),
      [1, 0],
    );
    assert.equal(json.assumptions.firstRun, 'aligned');
  });

  it('writes what the rules raised as logs, which a query joins', async () => {
    const raised = join(folder, 'raised');
    await pack('--data', join(folder, 'logs'), '--rules', rules(), '--write-raised', raised);
    const query = `SecurityIncident
      | mv-expand SystemAlertId = AlertIds to typeof(string)
      | join kind=inner SecurityAlert on SystemAlertId
      | project CreatedTime, Title, Status, Callers = parse_json(tostring(parse_json(ExtendedProperties)['Custom Details'])).Caller`;
    const { status, stdout } = await runPackHere('query', query, '--data', raised, '--format', 'json');
    assert.deepEqual(
      [status, JSON.parse(stdout).rows],
      [0, [['2026-03-24T11:05:00.0000000Z', 'Many calls', 'New', ['ann@contoso.com', 'bob@contoso.com']]]],
    );
  });

  it('ends with 1 where a line of the logs cannot be used, and uses the others', async () => {
    const { text, exitCode: code } = await pack(
      '--data',
      join(folder, 'broken'),
      '--rules',
      rules(),
      '--format',
      'json',
    );
    assert.equal(code, 1);
    const json = JSON.parse(text);
    assert.equal(json.rules[0].alerts.length, 1);
    assert.deepEqual(
      json.problems.map(({ severity, file, line }: { severity: string; file: string; line: number }) => [
        severity,
        file,
        line,
      ]),
      [['error', join(folder, 'broken', 'AzureActivity.ndjson'), 3]],
    );
  });

  it('keeps to the times and assumptions that are given', async () => {
    const times = ['--from', '2026-03-24T10:30', '--to', '2026-03-24T12:00'];
    const args = ['--data', join(folder, 'logs'), '--rules', rules(), '--format', 'json', '--runs', ...times];
    const scheduled = async (...more: readonly string[]): Promise<string[]> =>
      JSON.parse((await pack(...args, ...more)).text).rules[0].runs.list.map((one: { scheduled: string }) =>
        one.scheduled.slice(11, 16),
      );
    assert.deepEqual(await scheduled(), ['11:00', '12:00']);
    assert.deepEqual(await scheduled('--assume', 'firstRun=at-clock-start'), ['10:30', '11:30']);
    assert.deepEqual(await scheduled('--now', '2026-03-24T11:05'), ['11:00']);
    assert.deepEqual(await scheduled('--start', '2026-03-24T09:17'), ['11:17']);
    assert.deepEqual(await scheduled('--start', '2026-03-24T09:17', '--start', 'weakened=2026-03-24T10:45'), [
      '10:45',
      '11:45',
    ]);
  });

  it('writes one page, whole and the same every time, where it is told to', async () => {
    const out = join(folder, 'report', 'replay.html');
    const args = ['--data', join(folder, 'logs'), '--rules', rules(), '--format', 'html', '--out', out];
    assert.equal((await pack(...args)).text, '');
    const page = await readFile(out, 'utf8');
    assert.match(page, /^<!doctype html>[\s\S]*Alerts a day, by rule[\s\S]*<\/html>\n$/);
    await pack(...args);
    assert.equal(await readFile(out, 'utf8'), page);
    assert.deepEqual(await readdir(join(folder, 'report')), ['replay.html']);
  });

  it('tells noise, entities and cost, and how near a rule came that stayed quiet', async () => {
    const args = ['--data', join(folder, 'logs'), '--rules', rules()];
    const { text } = await pack(...args);
    assert.match(
      text,
      /\nAlerts by day \(UTC\), 0 of 1 days without any\nday +alerts {2}rules\n2026-03-24 +1 {2}weakened 1\n/,
    );
    assert.match(text, /\nIncidents\nno\. +created .*\n +1 {2}2026-03-24T11:05:00Z {2}Medium +New +1 {2}Many calls\n/);
    assert.match(text, /\nCost, 2 rows scanned in all\n/);
    const quiet = join(folder, 'quiet');
    await mkdir(quiet);
    const query = 'AzureActivity | summarize Rows = count() by Caller | where Rows >= 5\n';
    await writeFile(join(quiet, 'busy-caller.yaml'), ruleYaml({ query }));
    const { text: missed } = await pack('--data', join(folder, 'logs'), '--rules', quiet);
    assert.match(
      missed,
      /\nbusy-caller: quiet; it came nearest\n {2}Rows >= 5: 1, 4 away, in the run of 2026-03-24T11:00:00Z; this alone kept it quiet\n {6}Caller ann@contoso.com · Rows 1\n/,
    );
    const json = JSON.parse((await pack('--data', join(folder, 'logs'), '--rules', quiet, '--format', 'json')).text);
    assert.deepEqual(json.noise, { days: ['2026-03-24'], rules: [{ slug: 'busy-caller', counts: [0] }] });
    assert.equal(json.nearestMisses[0].misses[0].value, 1);
    assert.equal(json.cost[0].rowsScanned, 2);
  });

  const misuse: readonly (readonly [what: string, args: () => readonly string[], message: RegExp])[] = [
    ['a folder of logs that does not exist', () => ['--data', join(folder, 'missing')], /no file or folder/],
    ['a folder without logs', () => ['--data', join(folder, 'empty')], /holds no log files/],
    [
      'a rule that does not exist',
      () => ['--data', join(folder, 'logs'), '--rules', 'no-such-rule'],
      /no rule 'no-such-rule'/,
    ],
    [
      'a folder without rules',
      () => ['--data', join(folder, 'logs'), '--rules', join(folder, 'empty')],
      /holds no rules/,
    ],
    [
      'a time that is none',
      () => ['--data', join(folder, 'logs'), '--rules', rules(), '--from', 'yesterday'],
      /'yesterday' is no time/,
    ],
    [
      'the start of a rule that is not replayed',
      () => ['--data', join(folder, 'logs'), '--rules', rules(), '--start', 'other=2026-03-24'],
      /--start names 'other', which is no rule of this replay/,
    ],
    [
      'a start that is no time',
      () => ['--data', join(folder, 'logs'), '--rules', rules(), '--start', 'weakened=noon'],
      /'noon' is no time/,
    ],
    [
      'an assumption that does not exist',
      () => ['--data', join(folder, 'logs'), '--rules', rules(), '--assume', 'x=y'],
      /no assumption named 'x'/,
    ],
    ['neither files nor a workspace', () => [], /say where the logs are/],
    ['files and a workspace', () => ['--data', folder, '--workspace', workspace], /say where the logs are/],
    ['a workspace that is no id', () => ['--workspace', 'my-workspace', '--timespan', '1d'], /is no workspace id/],
    ['a workspace and no time', () => ['--workspace', workspace], /say what time of the workspace is meant/],
    [
      'a workspace and two times',
      () => ['--workspace', workspace, '--timespan', '1d', '--from', '2026-03-24'],
      /say what time of the workspace is meant/,
    ],
    [
      'a time that ends before it begins',
      () => ['--workspace', workspace, '--from', '2026-03-24', '--to', '2026-03-23'],
      /ends before it begins/,
    ],
    [
      'a folder to keep logs in that holds files',
      () => ['--workspace', workspace, '--timespan', '1d', '--save', join(folder, 'logs')],
      /holds files already, such as AzureActivity.ndjson/,
    ],
    [
      'options of a workspace for files',
      () => ['--data', join(folder, 'logs'), '--timespan', '1d'],
      /are for --workspace/,
    ],
  ];
  const workspace = '00000000-0000-4000-8000-000000000001';
  for (const [what, args, message] of misuse) {
    it(`is wrong use with ${what}`, async () => {
      await assert.rejects(pack(...args()), (error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, message);
        return error.hint !== '';
      });
    });
  }

  it('is wrong use with a format or a number that is none', async () => {
    for (const args of [
      ['--format', 'xml'],
      ['--alerts', 'many'],
      ['--cloud', 'moon'],
      ['--timespan', '0d'],
    ]) {
      await assert.rejects(pack('--data', folder, ...args), { name: 'CommanderError' });
    }
  });
});

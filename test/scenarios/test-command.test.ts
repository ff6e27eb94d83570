import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerTest } from '../../scripts/commands/test.ts';
import { openSuite } from '../../scripts/scenarios/scenario-suite.ts';
import { watchSuite } from '../../scripts/scenarios/watch-suite.ts';
import { UsageError } from '../../scripts/usage-error.ts';
import type { ScenarioResult } from '../../src/replay/scenario/scenario-result.ts';

const slug = 'waf-sql-injection';
const kept = ['fires-at-three-transactions', 'quiet-with-two-transactions-of-two-addresses'];

describe('pack test', function () {
  this.timeout(60_000);
  let folder: string;
  let exitCode: typeof process.exitCode;
  beforeEach(async () => {
    exitCode = process.exitCode;
    folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
    await mkdir(join(folder, 'rules'));
    await cp(`analytics-rules/${slug}.yaml`, join(folder, 'rules', `${slug}.yaml`));
    for (const name of kept) {
      await cp(`data/scenarios/${slug}/${name}`, join(folder, 'scenarios', slug, name), { recursive: true });
    }
  });
  afterEach(async () => {
    process.exitCode = exitCode;
    await rm(folder, { recursive: true });
  });

  const fileOf = (name: string): string => join(folder, 'scenarios', slug, name, 'scenario.yaml');
  const [fires, quiet] = kept as [string, string];
  async function edit(file: string, from: string, to: string): Promise<void> {
    const text = await readFile(file, 'utf8');
    assert.ok(text.includes(from), `${file} holds no ${from}`);
    await writeFile(file, text.replace(from, to));
  }

  /** What the command writes to standard output, and its exit code. */
  async function pack(...args: readonly string[]): Promise<{ readonly text: string; readonly exitCode: unknown }> {
    const program = new Command('pack').exitOverride();
    registerTest(program);
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
    const paths = ['--scenarios', join(folder, 'scenarios'), '--rules', join(folder, 'rules')];
    const { write } = process.stdout;
    const { error } = console;
    let text = '';
    process.exitCode = 0;
    console.error = () => undefined;
    process.stdout.write = ((part: string) => {
      text += part;
      return true;
    }) as typeof write;
    try {
      await program.parseAsync(['test', ...args, ...paths], { from: 'user' });
    } finally {
      process.stdout.write = write;
      console.error = error;
    }
    return { text, exitCode: process.exitCode };
  }

  it('ends with 0 where every scenario passes, and tells the margin of each', async () => {
    const { text, exitCode: code } = await pack();
    assert.equal(code, 0);
    assert.equal(
      text,
      `${slug}
  ok  fires-at-three-transactions                   1 alert  Transactions >= 3 held at 3, with 0 to spare (0 %)
  ok  quiet-with-two-transactions-of-two-addresses  silent   Transactions >= 3 missed at 2, by 1 (33 %)

2 passed, 0 failed, 0 broken
`,
    );
  });

  it('ends with 1 where one fails or is broken, and runs the others', async () => {
    await edit(fileOf(fires), 'count: 3', 'count: 2');
    await writeFile(fileOf(quiet), 'rule: [');
    const { text, exitCode: code } = await pack();
    assert.equal(code, 1);
    assert.match(text, /FAILED {2}fires-at-three-transactions {19}silent {2}Transactions >= 3 missed at 2/);
    assert.match(text, /BROKEN waf-sql-injection\/quiet-.*\n {2}.*scenario.yaml:1:\d+: error: no YAML/);
    assert.match(text, /0 passed, 1 failed, 1 broken\n$/);
  });

  it('tells a folder without its file', async () => {
    await mkdir(join(folder, 'scenarios', slug, 'quiet-and-empty'));
    const { text, exitCode: code } = await pack();
    assert.equal(code, 1);
    assert.match(text, /quiet-and-empty.scenario.yaml: error: cannot be read \(ENOENT\)\n +write scenario.yaml there/);
  });

  it('runs the rules and the scenarios that are named', async () => {
    assert.match((await pack(slug)).text, /2 passed/);
    assert.match((await pack(`${slug}/${quiet}`)).text, /1 passed/);
  });

  it('is JSON and JUnit for programs, the same bytes every time', async () => {
    for (const format of ['json', 'junit']) {
      const [first, second] = [await pack('--format', format), await pack('--format', format)];
      assert.equal(first.text, second.text);
      assert.match(first.text, format === 'json' ? /"passed": 2/ : /<testsuites name="pack test" tests="2"/);
    }
  });

  it('rewrites expectations with --update, and nothing else', async () => {
    await edit(fileOf(fires), 'count: 3', 'count: 4');
    const before = await readFile(fileOf(fires), 'utf8');
    const quietBefore = await readFile(fileOf(quiet), 'utf8');
    assert.equal((await pack()).exitCode, 1);
    assert.equal((await pack('--update')).exitCode, 0);
    const after = await readFile(fileOf(fires), 'utf8');
    assert.equal(after.split('expect:')[0], before.split('expect:')[0]);
    assert.match(after, /Observed: 4/);
    assert.equal(await readFile(fileOf(quiet), 'utf8'), quietBefore);
    assert.equal((await pack()).exitCode, 0);
  });

  it('does not make a loud scenario quiet with --update', async () => {
    await edit(fileOf(fires), 'count: 3', 'count: 2');
    const before = await readFile(fileOf(fires), 'utf8');
    const { text, exitCode: code } = await pack('--update');
    assert.equal(code, 1);
    assert.match(text, /fires-at-three-transactions would expect no alert: not updated/);
    assert.equal(await readFile(fileOf(fires), 'utf8'), before);
  });

  const misuse: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
    ['a rule that has no scenario', ['no-such-rule'], /there is no scenario 'no-such-rule'/],
    ['a scenario that does not exist', [`${slug}/no-such`], /there is no scenario 'waf-sql-injection\/no-such'/],
    ['--watch and JSON', ['--watch', '--format', 'json'], /--watch prints text/],
    ['--watch and --update', ['--watch', '--update'], /--watch does not update/],
  ];
  for (const [what, args, message] of misuse) {
    it(`is wrong use with ${what}`, async () => {
      await assert.rejects(pack(...args), (error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, message);
        return error.hint !== '';
      });
    });
  }

  it('is wrong use with a folder that cannot be read', async () => {
    await rm(join(folder, 'scenarios'), { recursive: true });
    await assert.rejects(pack(), { name: 'UsageError', message: /scenarios: cannot be read \(ENOENT\)/ });
  });

  it('measures, of many that a change touches, the margins of the first few that fail', async () => {
    const copies = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `fires-x-${name}`);
    for (const name of copies) {
      await cp(`data/scenarios/${slug}/${fires}`, join(folder, 'scenarios', slug, name), { recursive: true });
      await edit(fileOf(name), 'count: 3', 'count: 2');
    }
    const suite = await openSuite({ scenarios: join(folder, 'scenarios'), rules: join(folder, 'rules') }, []);
    const results = await suite.runQuickly(suite.scenarios());
    assert.deepEqual(
      results.map((result) => [result.name, result.status, result.status !== 'broken' && result.margins !== undefined]),
      [[fires, 'passed', false], ...copies.map((name, index) => [name, 'failed', index < 4]), [quiet, 'passed', false]],
    );
    const [one] = suite.scenarios();
    const [alone] = await suite.runQuickly(one === undefined ? [] : [one]);
    assert.ok(alone?.status === 'passed' && alone.margins !== undefined);
  });

  it('watches: runs again what a change of a scenario or of a rule touches, and nothing else', async () => {
    const paths = { scenarios: join(folder, 'scenarios'), rules: join(folder, 'rules') };
    const suite = await openSuite(paths, []);
    assert.equal((await suite.run(suite.scenarios())).length, 2);
    const stop = new AbortController();
    const seen: string[] = [];
    let notify: () => void = () => undefined;
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        notify = resolve;
      });
    const watching = watchSuite(suite, {
      paths,
      definitions: [],
      signal: stop.signal,
      onProblem: (message) => seen.push(message),
      onResults(results: readonly ScenarioResult[]) {
        seen.push(results.map(({ name, status }) => `${name} ${status}`).join(', '));
        notify();
      },
    });
    const steps: readonly (readonly [file: string, from: string, to: string])[] = [
      [fileOf(fires), 'count: 3', 'count: 2'],
      [join(folder, 'rules', `${slug}.yaml`), 'Transactions >= 3', 'Transactions >= 2'],
    ];
    for (const [file, from, to] of steps) {
      const ran = next();
      const before = process.cpuUsage();
      await edit(file, from, to);
      await ran;
      const { user, system } = process.cpuUsage(before);
      // Of the processor: on a busy machine the clock would say how busy it is.
      assert.ok(user + system < 1_000_000, `${(user + system) / 1000} ms`);
    }
    stop.abort();
    await watching;
    assert.deepEqual(seen, [`${fires} failed`, `${fires} failed, ${quiet} failed`]);
  });
});

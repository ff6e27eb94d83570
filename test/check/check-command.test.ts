import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPackHere as pack } from '../run-pack-here.ts';

describe('pack generate and pack check', function () {
  this.timeout(60_000);
  let directory: string;
  const at = (name: string): string => join(directory, name);

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pack-command-'));
    assert.deepEqual((await pack('generate', '--out', at('out'))).status, 0);
  });
  after(() => rm(directory, { recursive: true }));

  it('end with 0 where nothing is left to write and nothing is wrong', async () => {
    assert.equal((await pack('generate', '--check', '--out', at('out'))).status, 0);
    assert.match((await pack('check', '--dir', at('out'))).stdout, /0 errors, 0 warnings\.\n$/);
  });

  it('end with 1 and name the file where one was edited by hand', async () => {
    const path = 'analytics-rules/waf-sql-injection.yaml';
    const text = await readFile(at(`out/${path}`), 'utf8');
    await writeFile(at(`out/${path}`), text.replace('queryPeriod: 80m', 'queryPeriod: 30d'));
    const generate = await pack('generate', '--check', '--out', at('out'));
    assert.equal(generate.status, 1);
    assert.ok(generate.stdout.includes(`changed  ${path}`), generate.stdout);
    const check = await pack('check', '--dir', at('out'), '--format', 'json');
    assert.equal(check.status, 1);
    assert.deepEqual(
      JSON.parse(check.stdout).issues.map(({ code, path: file }: { code: string; path: string }) => [code, file]),
      [['rule-timing', path]],
    );
    assert.equal((await pack('generate', '--out', at('out'))).status, 0);
    assert.equal(await readFile(at(`out/${path}`), 'utf8'), text);
  });

  it('end with 1 on a warning only if asked to', async () => {
    const config = at('long.config.yaml');
    await writeFile(config, 'names: { prefix: "Contoso retail production: " }\n');
    assert.equal((await pack('generate', '--config', config, '--out', at('long'))).status, 0);
    assert.equal((await pack('check', '--dir', at('long'))).status, 0);
    assert.equal((await pack('check', '--dir', at('long'), '--strict')).status, 1);
  });

  it('record a release, and from then on ask for a new version of what changes', async () => {
    const check = (...args: readonly string[]) => pack('check', '--dir', at('out'), ...args);
    const path = at('out/package/released-versions.json');
    const { status, stderr } = await check('--release');
    assert.deepEqual([status, stderr], [0, `recorded the release in ${path}\n`]);
    const record = await readFile(path, 'utf8');
    assert.equal((await pack('generate', '--check', '--out', at('out'))).status, 0);
    const rule = at('out/analytics-rules/waf-sql-injection.yaml');
    const text = await readFile(rule, 'utf8');
    await writeFile(rule, text.replace('severity: Medium', 'severity: High'));
    const changed = await check('--release');
    assert.equal(changed.status, 1);
    assert.match(changed.stdout, /rule-version +the rule has changed since 1\.0\.0 was released/);
    assert.equal(await readFile(path, 'utf8'), record, 'a release that was refused is not recorded');
    await writeFile(rule, text.replace('severity: Medium', 'severity: High').replace('1.0.0', '1.0.1'));
    assert.equal((await check('--release')).status, 0);
    assert.match(await readFile(path, 'utf8'), /"waf-sql-injection": \{\n.*\n {6}"version": "1\.0\.1"/);
    await writeFile(rule, text);
    await rm(path);
  });

  it('show what the rules read, by assumption or by the volumes of logs', async () => {
    const assumed = await pack('check', '--dir', at('out'), '--costs');
    assert.equal(assumed.status, 0);
    assert.match(
      assumed.stdout,
      /0 warnings\.\n\nWhat the rules read, assuming a million API requests a day:\n\nrule +runs a day/,
    );
    assert.match(assumed.stdout, /\nanalytics-rules\/api-traffic-population-spike\.yaml +24 +14,0\d\d,\d{3} /);
    await mkdir(at('logs'));
    await writeFile(at('logs/ApiManagementGatewayLogs.ndjson'), '{"TimeGenerated":"2026-03-24T10:20:00Z"}\n');
    const sampled = await pack('check', '--dir', at('out'), '--costs', '--sample', at('logs'));
    assert.match(sampled.stdout, /at the volumes of .*logs:/);
    assert.match(sampled.stdout, /\nanalytics-rules\/api-traffic-population-spike\.yaml +24 +14 /);
  });

  it('end with 2 and one message with file, line and what to do where the configuration cannot be used', async () => {
    const config = at('bad.config.yaml');
    await writeFile(config, 'topology: direct\nrules:\n  waf-sql-injection:\n    severity: Terrible\n');
    const { status, stderr } = await pack('generate', '--config', config, '--out', at('bad'));
    assert.equal(status, 2);
    assert.match(stderr, /bad\.config\.yaml:4: rules\.waf-sql-injection\.severity: .+\n {2}Use one of: Informational/);
  });

  const wrongUses = [
    ['generate', '--config', 'no-such-file.yaml'],
    ['generate', '--no-such-option'],
    ['check', '--format', 'xml'],
    ['check', '--dir', 'src/content/fragments'],
    ['check', '--costs', '--sample', 'no-such-folder'],
    ['no-such-command'],
  ];
  for (const args of wrongUses) {
    it(`end with 2 on ${args.join(' ')}`, async () => {
      const { status, stderr } = await pack(...args);
      assert.equal(status, 2);
      assert.match(stderr, /^error: /);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  }

  it('give their exit code and message to the shell', () => {
    const run = spawnSync(process.execPath, ['--import=tsx', 'scripts/pack.ts', 'check', '--format', 'xml'], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 2);
    assert.match(run.stderr, /^error: option '--format <format>' argument 'xml' is invalid/);
  });

  it('show an example for each command', async () => {
    for (const command of ['generate', 'check']) {
      const { status, stdout } = await pack(command, '--help');
      assert.equal(status, 0);
      assert.match(stdout, /Example:\n {2}npm run -s pack -- /);
    }
  });
});

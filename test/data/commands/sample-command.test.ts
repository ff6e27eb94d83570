import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runPackHere } from '../../run-pack-here.ts';

const pack = (...args: readonly string[]) => runPackHere('sample', ...args);

describe('pack sample', function () {
  this.timeout(60_000);
  let directory = '';

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pack-sample-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('writes the benchmark month at a scale, and tells what was attacked and how strongly', async () => {
    const {
      status: code,
      stdout,
      stderr,
    } = await pack('--month', 'benchmark', '--scale', '0.002', '--seed', '3', '--out', directory);
    assert.equal(stderr, '');
    assert.equal(code, 0);
    assert.match(stdout, /^Benchmark month 2026-06-01 to 2026-07-01 \(seed 3, scale 0\.002\) in /);
    assert.match(stdout, /ApiManagementGatewayLogs +[\d,]+ rows +\d+\.\d MB/);
    assert.match(stdout, /2026-06-07 02:10 {2}above {2}waf-weakened\/switched-to-detection-40-minutes: /);
    const labels = JSON.parse(await readFile(join(directory, 'labels.json'), 'utf8'));
    assert.deepEqual([labels.month, labels.seed, labels.scale], ['benchmark', 3, 0.002]);
  });

  it('writes the benign month without an attack', async () => {
    const { status: code, stdout } = await pack('--month', 'benign', '--scale', '0.002', '--out', directory);
    assert.equal(code, 0);
    assert.doesNotMatch(stdout, /Attacks/);
    assert.match(stdout, /2026-05-16 10:00 {2}launch: /);
    assert.equal((await readdir(directory)).length, 5);
  });

  it('leaves the folder as it was when it is interrupted with Ctrl-C', async () => {
    const args = ['--import', 'tsx', 'scripts/pack.ts', 'sample', '--month', 'benchmark', '--out', directory];
    const writing = spawn(process.execPath, args, { stdio: 'ignore' });
    const ended = once(writing, 'exit');
    while ((await readdir(directory)).length === 0) await sleep(50);
    writing.kill('SIGINT');
    assert.deepEqual(await ended, [130, null]);
    assert.deepEqual(await readdir(directory), []);
  });

  it('refuses a scale for the sample month, whose figures are fixed, and numbers that are none', async () => {
    const scaled = await pack('--scale', '2', '--out', directory);
    assert.equal(scaled.status, 2);
    assert.match(scaled.stderr, /one size.*\n.*--month benchmark/);
    for (const args of [
      ['--month', 'benchmark', '--scale', '0'],
      ['--month', 'benchmark', '--scale', 'much'],
      ['--seed', '-1'],
      ['--month', 'summer'],
    ]) {
      assert.equal((await pack(...args, '--out', directory)).status, 2, args.join(' '));
    }
    assert.deepEqual(await readdir(directory), []);
  });
});

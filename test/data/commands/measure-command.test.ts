import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPackHere } from '../../run-pack-here.ts';

const rule = 'waf-sql-injection.yaml';

describe('pack measure', function () {
  this.timeout(120_000);
  let rules = '';
  const measure = (...args: readonly string[]) => runPackHere('measure', '--rules', rules, '--scale', '0.002', ...args);

  beforeEach(async () => {
    rules = await mkdtemp(join(tmpdir(), 'pack-measure-'));
    await copyFile(join('analytics-rules', rule), join(rules, rule));
  });

  afterEach(async () => {
    await rm(rules, { recursive: true });
  });

  it('says how a rule did over the benchmark month: every attack as labelled, and what it lacks below the threshold', async () => {
    const { status, stdout, stderr } = await measure('--month', 'benchmark');
    assert.equal(stderr, '');
    assert.equal(status, 0);
    assert.match(stdout, /\| waf-sql-injection \| 14 of 14 \| 100 % \| 14 \|/);
    assert.match(stdout, /\| sql-injection \| waf-sql-injection \| 6 of 6 \| 1 of 1 \| 5 of 5 \|/);
    assert.match(
      stdout,
      /quiet, as labelled \| - \| - \| the rule asks for more: 2 of 3 transactions in a run's hour \|/,
    );
    assert.doesNotMatch(stdout, /population-spike/);
  });

  it('has exit code 1 where a rule misses an attack that it must detect', async () => {
    const text = await readFile(join(rules, rule), 'utf8');
    const weaker = text.replaceAll(/>= 3\b/g, '>= 4');
    assert.notEqual(weaker, text);
    await writeFile(join(rules, rule), weaker);
    const { status, stdout } = await measure('--month', 'benchmark', '--format', 'json');
    assert.equal(status, 1);
    const [month] = JSON.parse(stdout).months;
    const missed = month.attacks.filter(({ outcome }: { outcome: string }) => outcome === 'missed');
    assert.deepEqual(
      missed.map(({ attack, threshold }: { attack: string; threshold: string }) => [attack, threshold]),
      [['sql-injection/3-transactions', 'at']],
    );
    assert.deepEqual(month.families[0].levels.at, { attacks: 1, asLabelled: 0 });
  });

  it('names what a false alarm of the benign month was about, and has exit code 0: noise is no fault', async () => {
    const { status, stdout } = await measure('--month', 'benign');
    assert.equal(status, 0);
    assert.match(stdout, /\| waf-sql-injection \| authorised-scan \| 1 \|/);
    assert.match(stdout, /### With announced addresses on the allow list[\s\S]*\| waf-sql-injection \| 30 \| 29 \|/);
  });

  it('refuses a folder without rules and sizes that are none, and shows examples', async () => {
    const empty = await runPackHere('measure', '--rules', join(rules, 'nowhere'));
    assert.equal(empty.status, 2);
    assert.match(empty.stderr, /nowhere.*cannot be read \(ENOENT\)\n.*pack -- generate/);
    assert.equal((await measure('--scale', '0')).status, 2);
    assert.equal((await measure('--month', 'summer')).status, 2);
    const { stdout } = await runPackHere('measure', '--help');
    assert.match(stdout, /measure --month benchmark --scale 0\.05/);
  });
});

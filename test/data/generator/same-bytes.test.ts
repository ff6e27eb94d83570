import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { digest, sampleMonth } from './sample.ts';
import { monthDigest, startOfBenchmark } from './small-month.ts';

describe('the same seed gives the same bytes', function () {
  this.timeout(60_000);

  // Sixteen days: sources, events and attacks of every family.
  it('in another process, another time zone and another language: the sample month and the benchmark month', () => {
    const args = ['--import', 'tsx', 'test/data/generator/print-digests.ts'];
    const environment = { ...process.env, TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
    const printed = execFileSync(process.execPath, args, { env: environment, encoding: 'utf8' });
    assert.equal(printed, `${digest(sampleMonth())}\n${monthDigest(startOfBenchmark(16))}\n`);
  });
});

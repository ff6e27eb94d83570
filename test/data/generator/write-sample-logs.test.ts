import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeSampleLogs } from '../../../data/generator/write-sample-logs.ts';
import { forgetRows, rowsOf, sampleMonth, seed } from './sample.ts';

const files = [
  'AGWFirewallLogs.ndjson.gz',
  'ApiManagementGatewayLogs.ndjson.gz',
  'AzureActivity.ndjson.gz',
  'SecurityAlert.ndjson.gz',
  'labels.json',
];

describe('writing the sample month', function () {
  this.timeout(60_000);
  after(forgetRows);
  let directory = '';

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sample-month-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('leaves one file for each table and the labels, with the rows that were generated', async () => {
    const target = join(directory, 'new', 'folder');
    const { tables } = await writeSampleLogs(target, { seed });
    assert.deepEqual((await readdir(target)).sort(), files);
    for (const { table, file, rows, bytes } of tables) {
      const packed = await readFile(join(target, file));
      assert.equal(packed.length, bytes);
      const lines = gunzipSync(packed).toString('utf8').trimEnd().split('\n');
      assert.equal(lines.length, rows);
      let index = 0;
      for (const row of rowsOf(table)) {
        assert.equal(lines[index], JSON.stringify(row));
        index++;
      }
      assert.equal(index, rows);
    }
    const { attacks, ...facts } = JSON.parse(await readFile(join(target, 'labels.json'), 'utf8'));
    assert.deepEqual(attacks, sampleMonth().labels);
    assert.deepEqual(facts, { seed, from: '2026-03-01T00:00:00.0000000Z', until: '2026-03-31T00:00:00.0000000Z' });
  });

  it('changes nothing in the folder when it is cancelled half-way', async () => {
    await writeFile(join(directory, 'labels.json'), 'earlier labels');
    const interruption = new AbortController();
    const writing = writeSampleLogs(directory, {
      seed,
      signal: interruption.signal,
      onProgress: (_table, rows) => {
        if (rows > 50_000) {
          interruption.abort();
        }
      },
    });
    await assert.rejects(writing, { name: 'GeneratorError', code: 'cancelled' });
    assert.deepEqual(await readdir(directory), ['labels.json']);
    assert.equal(await readFile(join(directory, 'labels.json'), 'utf8'), 'earlier labels');
  });

  it('leaves no labels beside tables that could not be moved in', async () => {
    // A folder that is not empty stands where the second table belongs.
    await mkdir(join(directory, 'AGWFirewallLogs.ndjson.gz', 'in-the-way'), { recursive: true });
    await writeFile(join(directory, 'labels.json'), 'earlier labels');
    await assert.rejects(writeSampleLogs(directory, { seed }), { code: 'unwritable' });
    assert.deepEqual((await readdir(directory)).sort(), [
      'AGWFirewallLogs.ndjson.gz',
      'ApiManagementGatewayLogs.ndjson.gz',
    ]);
  });

  it('says which folder cannot be written to', async () => {
    await writeFile(join(directory, 'file'), '');
    const target = join(directory, 'file', 'below');
    await assert.rejects(writeSampleLogs(target, { seed }), {
      code: 'unwritable',
      message: `cannot write to ${target} (ENOTDIR)`,
      hint: /folder that can be written to/,
    });
  });
});

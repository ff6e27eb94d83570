import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { SampleMonth } from '../../../data/generator/generate-month.ts';
import type { Rows } from '../../../data/generator/row.ts';
import { writeSampleLogs, writeSampleMonth } from '../../../data/generator/write-sample-logs.ts';
import { sampleMonth, seed } from './sample.ts';

const files = [
  'AGWFirewallLogs.ndjson.gz',
  'ApiManagementGatewayLogs.ndjson.gz',
  'AzureActivity.ndjson.gz',
  'SecurityAlert.ndjson.gz',
  'labels.json',
];

/** What is written is written row by row: the first of them show how. */
function first(rows: Rows, count: number): Rows {
  const taken = [];
  for (const row of rows) {
    if (taken.length === count) break;
    taken.push(row);
  }
  return taken;
}

describe('writing the sample month', function () {
  this.timeout(60_000);
  let directory = '';
  let short: SampleMonth;

  before(() => {
    const tables = [...sampleMonth().tables].map(([table, rows]) => [table, first(rows, 2000)] as const);
    short = { ...sampleMonth(), tables: new Map(tables) };
  });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sample-month-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('leaves one file for each table and the labels, with exactly the rows that were given', async () => {
    const target = join(directory, 'new', 'folder');
    const tables = await writeSampleMonth(target, short, {});
    assert.deepEqual((await readdir(target)).sort(), files);
    for (const { table, file, rows, bytes } of tables) {
      const packed = await readFile(join(target, file));
      assert.equal(packed.length, bytes);
      const lines = gunzipSync(packed).toString('utf8').trimEnd().split('\n');
      assert.deepEqual(
        lines,
        [...(short.tables.get(table) ?? [])].map((row) => JSON.stringify(row)),
      );
      assert.equal(lines.length, rows);
    }
    const { attacks, ...facts } = JSON.parse(await readFile(join(target, 'labels.json'), 'utf8'));
    assert.deepEqual(attacks, short.labels);
    assert.deepEqual(facts, { seed, from: '2026-03-01T00:00:00.0000000Z', until: '2026-03-31T00:00:00.0000000Z' });
  });

  it('changes nothing in the folder when it is cancelled half-way', async () => {
    await writeFile(join(directory, 'labels.json'), 'earlier labels');
    const interruption = new AbortController();
    const writing = writeSampleLogs(directory, {
      seed,
      signal: interruption.signal,
      onProgress: () => interruption.abort(),
    });
    await assert.rejects(writing, { name: 'GeneratorError', code: 'cancelled' });
    assert.deepEqual(await readdir(directory), ['labels.json']);
    assert.equal(await readFile(join(directory, 'labels.json'), 'utf8'), 'earlier labels');
  });

  it('leaves no labels beside tables that could not be moved in', async () => {
    // A folder that is not empty stands where the second table belongs.
    await mkdir(join(directory, 'AGWFirewallLogs.ndjson.gz', 'in-the-way'), { recursive: true });
    await writeFile(join(directory, 'labels.json'), 'earlier labels');
    await assert.rejects(writeSampleMonth(directory, short, {}), { code: 'unwritable' });
    assert.deepEqual((await readdir(directory)).sort(), [
      'AGWFirewallLogs.ndjson.gz',
      'ApiManagementGatewayLogs.ndjson.gz',
    ]);
  });

  it('says which folder cannot be written to', async () => {
    await writeFile(join(directory, 'file'), '');
    const target = join(directory, 'file', 'below');
    await assert.rejects(writeSampleMonth(target, short, {}), {
      code: 'unwritable',
      message: `cannot write to ${target} (ENOTDIR)`,
      hint: /folder that can be written to/,
    });
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchmarkMonth } from '../../../data/generator/months/benchmark-month.ts';
import { benignMonth } from '../../../data/generator/months/benign-month.ts';
import { monthTables } from '../../../data/generator/to-tables.ts';
import { writeMonth } from '../../../data/generator/write-month.ts';
import { knownSchemas, loadLogs } from '../../../scripts/load-logs.ts';
import { type MemoryTable, rowsOf } from '../../../src/kql/index.ts';

const options = { seed: 5, scale: 0.004 };
const tableFiles = ['AGWFirewallLogs', 'ApiManagementGatewayLogs', 'AzureActivity', 'SecurityAlert'];

describe('a month as files and as tables', function () {
  this.timeout(60_000);
  let directory = '';

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'month-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('holds the same values in every column, whether it is loaded from files or made in memory', async () => {
    await writeMonth(directory, benignMonth, options);
    const loaded = await loadLogs([directory]);
    assert.deepEqual(loaded.problems, []);
    const { tables } = monthTables(benignMonth, options);
    assert.deepEqual([...tables.keys()].sort(), tableFiles);
    for (const [name, table] of tables) {
      const fromFile = loaded.tables.get(name);
      assert.deepEqual(table.columns, knownSchemas.get(name));
      assert.deepEqual(table.columns, fromFile?.columns);
      assert.ok(table.rows.rowCount > 0);
      // Columns one by one: a difference then names its column.
      const [made, read] = [table, fromFile].map((one) => (one === undefined ? [] : rowsOf(one.rows)));
      for (const [index, { name: column }] of table.columns.entries()) {
        const valuesOf = (rows: typeof made) => rows?.map((row) => row[index]);
        assert.deepEqual(valuesOf(made), valuesOf(read), `${name}.${column}`);
      }
    }
  });

  it('holds the headers of a connection once, and each text once', () => {
    const { tables } = monthTables(benignMonth, options);
    const { columns, rows } = tables.get('ApiManagementGatewayLogs') as MemoryTable;
    for (const [name, most] of [
      ['RequestHeaders', 0.4],
      ['Url', 0.9],
      ['OperationId', 0.02],
    ] as const) {
      const column = rows.column(columns.findIndex((one) => one.name === name));
      assert.ok(column.kind === 'pooled');
      assert.ok(column.values.length < most * rows.rowCount, `${name}: ${column.values.length} of ${rows.rowCount}`);
    }
  });

  it('leaves one file for each table and the labels, the same to the byte each time, and says how many rows there are', async () => {
    const target = join(directory, 'new', 'folder');
    const progress = new Map<string, number>();
    const onProgress = (table: string, rows: number): void => void progress.set(table, rows);
    const { tables, month } = await writeMonth(target, benchmarkMonth, { ...options, onProgress });
    assert.deepEqual((await readdir(target)).sort(), [...tableFiles.map((name) => `${name}.ndjson.gz`), 'labels.json']);
    const { tables: made, labels } = monthTables(benchmarkMonth, options);
    for (const { table, rows } of tables) {
      assert.equal(rows, made.get(table)?.rows.rowCount);
      assert.equal(progress.get(table), rows);
    }
    assert.deepEqual(month, labels);
    assert.deepEqual(JSON.parse(await readFile(join(target, 'labels.json'), 'utf8')), labels);
    const again = join(directory, 'again');
    await writeMonth(again, benchmarkMonth, options);
    for (const file of await readdir(target)) {
      assert.deepEqual(await readFile(join(again, file)), await readFile(join(target, file)), file);
    }
  });

  it('changes nothing in the folder when it is cancelled half-way', async () => {
    const interruption = new AbortController();
    const onProgress = (): void => interruption.abort();
    const writing = writeMonth(directory, benchmarkMonth, { ...options, signal: interruption.signal, onProgress });
    await assert.rejects(writing, { name: 'GeneratorError', code: 'cancelled' });
    assert.deepEqual(await readdir(directory), []);
  });
});

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withFiles } from './log-files.ts';

const table = 'ApiManagementGatewayLogs';
const row = (code: number | string, time = '2026-03-24T10:20:00Z') => ({ TimeGenerated: time, ResponseCode: code });
const lines = (...rows: readonly unknown[]): string => rows.map((value) => `${JSON.stringify(value)}\n`).join('');

function pack(...args: readonly string[]): { status: number | null; stdout: string; stderr: readonly string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import=tsx', 'scripts/pack.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr: stderr.split('\n').filter((line) => line !== '') };
}

/** The lines of a command's output with the folder's own name taken out. */
const within = (folder: string, text: readonly string[]): readonly string[] =>
  text.map((line) => line.replaceAll(`${folder}/`, ''));

describe('pack query over bad input', function () {
  this.timeout(60_000);

  it('uses the good rows, has one message for each fault with file, line and what to do, and ends with 1', async () => {
    const many = Array.from({ length: 500 }, () => row(201));
    const files = {
      [`${table}-1.ndjson`]: `${lines(row(200))}GET /\n[1]\n7\n${lines(row('ok'), row(200))}`,
      [`${table}-2.ndjson.gz`]: gzipSync(lines(...many)).subarray(0, -20),
      [`${table}-3.ndjson.gz`]: 'no gzip',
      [`${table}-4.csv`]:
        '"TimeGenerated [UTC]",ResponseCode\r\n"3/24/2026, 10:20:00.000 AM",202\r\n"3/24/2026, 10:20:00.000 AM"\r\n',
      [`${table}-5.json`]: JSON.stringify([{ ...row('203'), TableName: 'PrimaryResult', Url: 'None' }], null, 2),
      [`${table}-6.json`]: JSON.stringify({
        tables: [{ columns: [{ name: 'TimeGenerated' }, { name: 'ResponseCode' }], rows: [['2026-03-24', 204]] }],
      }),
      [`am-${table}/y=2026/m=03/d=24/h=10/m=00/PT05M.json`]: lines(row(205), row(205)),
      [`${table}-7.ndjson`]: '',
      [`${table}-8.ndjson`]: lines({ TimeGenerated: '2026-03-24T10:20:00Z', responsecode: 206, ResponseCode: 207 }),
    };
    await withFiles(files, async (folder) => {
      await symlink(join(folder, 'nowhere'), join(folder, `${table}-9.ndjson`));
      const query = `${table} | where ResponseCode != 201 | summarize Rows = count() by ResponseCode | sort by ResponseCode asc`;
      const { status, stdout, stderr } = pack('query', query, '--format', 'csv', '--data', folder);
      assert.deepEqual(stdout.trim().split(/\r?\n/), [
        'ResponseCode,Rows',
        '200,2',
        '202,1',
        '203,1',
        '204,1',
        '205,2',
        '207,1',
      ]);
      assert.deepEqual(
        within(folder, stderr).map((line) => line.replace(/ \(ENOENT.*\)/, '')),
        [
          `warning: ${table}-1.ndjson:2: the line is no JSON object: expected a JSON object at column 1; it is left out - one JSON object stands on each line of an .ndjson file`,
          `warning: ${table}-1.ndjson:3: an array stands where a row should; it is left out (2 lines, the first is shown) - a row is an object of column names and values; give a file that is one array the ending .json`,
          `warning: ${table}-1.ndjson:5: ResponseCode is of type int, "ok" is not; the line is left out - correct the value, or export the column with the type of the table's schema`,
          `warning: ${table}-2.ndjson.gz: the .gz ends before its data does; the lines before the cut are used - copy or export the file again`,
          `warning: ${table}-3.ndjson.gz: the .gz cannot be unpacked (incorrect header check); the lines before the fault are used - check that the file is gzip, or export it again`,
          `warning: ${table}-4.csv:3: the line has 1 fields, the header 2; it is left out - every line of a CSV file has as many fields as its header; quote fields that hold commas`,
          `warning: ${table}-7.ndjson: the file holds no rows - check the export, or remove the file`,
          `note: ${table}-8.ndjson: ${table} has no column "responsecode" (but ResponseCode): left out - names are told apart by case; check that the file holds this table`,
          `warning: ${table}-9.ndjson: the file cannot be read - check the path and its permissions`,
        ],
      );
      assert.equal(status, 1);
    });
  });

  it('takes the query that stands behind --data for the query', async () => {
    await withFiles({ [`${table}.ndjson`]: lines(row(200)) }, async (folder) => {
      const { status, stdout } = pack('query', '--data', folder, `${table} | project ResponseCode`, '--format', 'csv');
      assert.deepEqual([status, stdout.trim()], [0, 'ResponseCode\r\n200']);
    });
  });

  it('ends with 0 where there is nothing but a note', async () => {
    await withFiles({ 'Other.ndjson': '{"a":1}\n' }, async (folder) => {
      const { status, stdout, stderr } = pack('query', 'Other | project a', '--format', 'csv', '--data', folder);
      assert.deepEqual([status, stdout.trim().split(/\r?\n/)], [0, ['a', '1']]);
      assert.deepEqual(within(folder, stderr), [
        'note: Other.ndjson: Other is no table that is known; its 1 columns take their types from the data - name the file after its table (ApiManagementGatewayLogs.ndjson) where it is one',
      ]);
    });
  });

  it('names the tables that a wrong name may have meant, and ends with 2', () => {
    const { status, stderr } = pack('query', 'ApiManagementGatewayLog | count');
    assert.equal(status, 2);
    assert.match(stderr.join('\n'), /^binding: The name 'ApiManagementGatewayLog' .*\(line 1, column 1\)\n/);
    assert.match(stderr.join('\n'), /\nhint: did you mean ApiManagementGatewayLogs\b/);
  });

  it('that does not exist ends with 2, and that holds no logs with 1', async () => {
    const missing = pack('query', 'print 1', '--data', 'no-such-folder');
    assert.deepEqual([missing.status, missing.stderr[0]], [2, 'error: there is no file or folder no-such-folder']);
    await withFiles({ 'notes.txt': '' }, async (folder) => {
      const { status, stderr } = pack('query', 'print 1', '--data', folder);
      assert.deepEqual(stderr, [
        `warning: ${folder}: the folder holds no log files - log files end in .ndjson, .jsonl, .json, .csv, .parquet, each of the text formats also .gz`,
      ]);
      assert.equal(status, 1);
    });
  });
});

describe('pack replay over bad input', function () {
  this.timeout(60_000);

  it('runs the rules over the good rows, lists the faults of logs and rules with file and line, and ends with 1', async () => {
    const good = await readFile('analytics-rules/waf-protection-weakened.yaml', 'utf8');
    const broken = await readFile('analytics-rules/defender-for-apis-alert.yaml', 'utf8');
    const files = {
      'logs/AzureActivity.ndjson': `${lines({ TimeGenerated: '2026-03-24T10:20:00Z' })}no JSON\n`,
      'rules/waf-protection-weakened.yaml': good,
      'rules/defender-for-apis-alert.yaml': broken.replace('by SystemAlertId\n', 'by SystemAlertNumber\n'),
    };
    await withFiles(files, async (folder) => {
      const { status, stdout } = pack('replay', '--data', join(folder, 'logs'), '--rules', join(folder, 'rules'));
      const output = within(folder, stdout.split('\n')).join('\n');
      assert.match(output, /^waf-protection-weakened +[1-9]\d* +0 +[1-9]/m);
      assert.match(
        output,
        /^logs\/AzureActivity\.ndjson:2: error: the line is no JSON object: .*\n {4}one JSON object/m,
      );
      const line = broken.split('\n').findIndex((text) => text.endsWith('by SystemAlertId')) + 1;
      assert.match(
        output,
        new RegExp(
          `^rules/defender-for-apis-alert\\.yaml:${line}:\\d+: error: binding: The name 'SystemAlertNumber'`,
          'm',
        ),
      );
      assert.equal(status, 1);
    });
  });

  it('ends with 2 where there are no logs at all', async () => {
    await withFiles({ 'notes.txt': '' }, async (folder) => {
      const { status, stderr } = pack('replay', '--data', folder);
      assert.deepEqual([status, stderr[0]], [2, `error: ${folder} holds no log files`]);
    });
  });
});

import { strict as assert } from 'node:assert';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { formatInputProblem, loadTables } from '../../../../src/kql/index.ts';
import { goodLine, goodRow, load, loadFolder, schemas, withFiles } from './log-files.ts';
import { flatParquet, optional } from './parquet-files.ts';

describe('a folder of logs', () => {
  it('without log files says so, and names what it holds instead', async () => {
    const hint = 'log files end in .ndjson, .jsonl, .json, .csv, .parquet, each of the text formats also .gz';
    assert.deepEqual((await load({ 'README.md': 'x', 'labels.json': '[]' })).problems, [
      `: the folder holds no log files - ${hint}`,
    ]);
    assert.deepEqual((await load({ 'Requests.avro': 'Obj' })).problems, [
      `: the folder holds no log files, but 1 in other formats, such as Requests.avro - ${hint}`,
    ]);
    assert.deepEqual((await load({ 'Requests.ndjson': goodLine, 'b.zip': '', 'a.tsv': '' })).problems, [
      `: the folder holds log files, but 2 in other formats, such as a.tsv: not read - ${hint}`,
    ]);
  });

  it('is read with its subfolders, links to files included', async () => {
    await withFiles({ 'a/Requests.ndjson': goodLine, 'b/c/Requests.JSONL': goodLine }, async (folder) => {
      await symlink(join(folder, 'a/Requests.ndjson'), join(folder, 'Requests-3.ndjson'));
      assert.deepEqual(await loadFolder(folder), { rows: { Requests: [goodRow, goodRow, goodRow] }, problems: [] });
    });
  });

  it('with a file that cannot be read says so, and the others are read', async () => {
    await withFiles({ 'Requests-1.ndjson': goodLine }, async (folder) => {
      await symlink(join(folder, 'nowhere'), join(folder, 'Requests-2.ndjson'));
      const { rows, problems } = await loadFolder(folder);
      assert.deepEqual(rows, { Requests: [goodRow] });
      assert.equal(problems.length, 1);
      assert.match(
        problems[0] ?? '',
        /^Requests-2\.ndjson: the file cannot be read \(ENOENT.*\) - check the path and its/,
      );
    });
  });

  it('with files whose names lie about their format reads what it can, and says what the others are', async () => {
    const urls = { element: optional('Url', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }), data: ['/a'] };
    const { rows, problems } = await load({
      'Requests-1.json': flatParquet([urls]),
      'Requests-2.csv': 'PK\u0003\u0004 and so on',
      'Requests-3.ndjson': 'Obj\u0001 and so on',
    });
    assert.deepEqual(rows, { Requests: [{ Url: '/a' }] });
    assert.deepEqual(problems, [
      'Requests-1.json:1: the row has no TimeGenerated: no rule will ever see it - export the column TimeGenerated too',
      'Requests-2.csv: the file is a zip archive (or Excel), whatever its name says - unpack it',
      'Requests-3.ndjson: the file is in the format avro, whatever its name says - export it as .ndjson, .json, .csv or .parquet',
    ]);
  });

  it('with files that hold nothing names each of them', async () => {
    const { rows, problems } = await load({
      'Requests-1.ndjson': '',
      'Requests-2.json': '[]',
      'Requests-3.csv': 'TimeGenerated,Url\n',
      'Requests-4.ndjson.gz': '',
      'Requests-5.ndjson': '\n\n',
      'Requests-6.json': '{"tables":[{"columns":[],"rows":[]}]}',
      'Requests-7.csv': '',
    });
    assert.deepEqual(rows, { Requests: [] });
    assert.deepEqual(
      problems.map((problem) => problem.replace(/-\d/, '-N')),
      ['ndjson', 'json', 'csv', 'ndjson.gz', 'ndjson', 'json', 'csv'].map(
        (ending) => `Requests-N.${ending}: the file holds no rows - check the export, or remove the file`,
      ),
    );
  });
});

describe('a path', () => {
  it('that is no log file is reported, and one that is given twice is read once', async () => {
    await withFiles({ 'notes.txt': 'x', 'Requests.ndjson': goodLine }, async (folder) => {
      const { files, problems } = await loadTables(
        [join(folder, 'notes.txt'), join(folder, 'Requests.ndjson'), folder, join(folder, 'missing')],
        schemas,
      );
      assert.deepEqual(
        files.map(({ table, rowCount }) => [table, rowCount]),
        [['Requests', 1]],
      );
      const shown = problems.map((problem) => formatInputProblem(problem).slice(folder.length + 1));
      assert.equal(shown.length, 2);
      assert.match(
        shown[0] ?? '',
        /^notes\.txt: the file has none of the endings of log files - log files end in \.ndjson/,
      );
      assert.match(shown[1] ?? '', /^missing: the path cannot be read \(ENOENT/);
    });
  });
});

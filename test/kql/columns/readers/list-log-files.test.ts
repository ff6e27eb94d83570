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

  it('is read with its subfolders and what links lead to', async () => {
    await withFiles({ 'logs/b/c/Requests.JSONL': goodLine, 'a/Requests.ndjson': goodLine }, async (folder) => {
      await symlink(join(folder, 'a'), join(folder, 'logs', 'link'));
      const { rows, problems } = await loadFolder(join(folder, 'logs'));
      assert.deepEqual(rows, { Requests: [goodRow, goodRow] });
      assert.match(problems.join(), /^link\/Requests\.ndjson: 1 row is in .*Requests\.JSONL, too/);
    });
  });

  it('in which a file has several names counts its rows once, and does not go round in circles', async () => {
    await withFiles({ 'logs/a/Requests.ndjson': goodLine }, async (folder) => {
      await symlink(join(folder, 'logs', 'a', 'Requests.ndjson'), join(folder, 'logs', 'Requests-3.ndjson'));
      await symlink(join(folder, 'logs'), join(folder, 'logs', 'a', 'again'));
      assert.deepEqual(await loadFolder(join(folder, 'logs')), { rows: { Requests: [goodRow] }, problems: [] });
      const paths = [join(folder, 'logs'), `${folder}/logs/a/../a/Requests.ndjson`, `${folder}/./logs`];
      const { files } = await loadTables(paths, schemas);
      assert.deepEqual(
        files.map(({ rowCount }) => rowCount),
        [1],
      );
    });
  });

  it('of a project is read without the folders of its tools', async () => {
    const tools = { '.git/Requests.ndjson': '{', 'node_modules/x/Requests.json': '{', 'notes.md': 'x' };
    assert.deepEqual(await load({ ...tools, 'Requests.ndjson': goodLine }), {
      rows: { Requests: [goodRow] },
      problems: [],
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

  it('with texts whose names lie about their format reads all of them', async () => {
    const header = '"TimeGenerated [UTC]",Code\r\n';
    const array = `[\n  ${goodLine}\n]\n`;
    assert.deepEqual(
      await load({
        'Hosts-1.csv': '{"Name":"a"}\n{"Name":"b"}\n',
        'Hosts-2.ndjson': '[\n{"Name":"c"}\n]',
        'Requests-1.json': `${header}"3/24/2026, 10:20:00.000 AM",200\r\n`,
        'Requests-2.csv': array.replace('200', '201'),
      }),
      {
        rows: { Hosts: [{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }], Requests: [goodRow, { ...goodRow, Code: 201 }] },
        problems: [],
      },
    );
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

describe('files of one table', () => {
  const line = (minute: number, url: string): string =>
    `{"TimeGenerated":"2026-03-24T10:${minute}:00Z","Url":"${url}"}`;

  it('that hold the same rows are told apart from files that follow each other', async () => {
    const first = [line(10, '/a'), line(20, '/b'), line(30, '/c')].join('\n');
    const next = [line(31, '/c'), line(40, '/d')].join('\n');
    assert.deepEqual((await load({ 'Requests-1.ndjson': first, 'Requests-2.ndjson': next })).problems, []);
    const again = [line(20, '/b'), line(30, '/c'), line(30, '/other'), line(40, '/d')].join('\n');
    const { rows, problems } = await load({ 'Requests-1.ndjson': first, 'Requests-2.ndjson': again });
    assert.equal(rows.Requests?.length, 7);
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? '',
      /^Requests-2\.ndjson: 2 rows are in .*Requests-1\.ndjson, too, the same in every column that is read: they count twice - export times/,
    );
  });

  it('may have rows of one time that differ in any column, and rows that are the same in one file', async () => {
    const one = [line(10, '/a'), line(10, '/a'), line(20, '/ab')].join('\n');
    const other = [line(10, '/b'), line(20, '/a')].join('\n');
    assert.deepEqual((await load({ 'Requests-1.ndjson': one, 'Requests-2.ndjson': other })).problems, []);
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

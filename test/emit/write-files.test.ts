import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareFiles, manifestPath, writeFiles } from '../../src/emit/write-files.ts';

const files = [
  { path: 'analytics-rules/a.yaml', text: 'a\n' },
  { path: 'workbooks/b.json', text: '{}\n' },
];

describe('writeFiles', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pack-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const read = (path: string): Promise<string> => readFile(join(directory, path), 'utf8');
  const listed = async (): Promise<string[]> => {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
      .sort();
  };

  it('writes every file and the list of them, and no draft stays behind', async () => {
    const written = await writeFiles(directory, files);
    assert.deepEqual(
      written.map(({ path, kind }) => `${kind} ${path}`),
      ['missing analytics-rules/a.yaml', 'missing package/manifest.json', 'missing workbooks/b.json'],
    );
    assert.deepEqual(await listed(), ['analytics-rules/a.yaml', manifestPath, 'workbooks/b.json']);
    assert.equal(await read('analytics-rules/a.yaml'), 'a\n');
    assert.deepEqual(JSON.parse(await read(manifestPath)), { files: ['analytics-rules/a.yaml', 'workbooks/b.json'] });
  });

  it('changes nothing the second time', async () => {
    await writeFiles(directory, files);
    const before = await stat(join(directory, 'workbooks/b.json'));
    assert.deepEqual(await writeFiles(directory, files), []);
    assert.equal((await stat(join(directory, 'workbooks/b.json'))).mtimeMs, before.mtimeMs);
  });

  it('removes what it wrote before and writes no longer, with the folder that is empty then', async () => {
    await writeFiles(directory, files);
    assert.deepEqual(await writeFiles(directory, files.slice(0, 1)), [
      { path: 'package/manifest.json', kind: 'changed' },
      { path: 'workbooks/b.json', kind: 'orphan' },
    ]);
    assert.deepEqual(await readdir(directory), ['analytics-rules', 'package']);
  });

  it('leaves files alone that it did not write', async () => {
    await writeFiles(directory, files);
    await writeFile(join(directory, 'workbooks/own.json'), 'mine');
    await writeFiles(directory, []);
    assert.deepEqual(await listed(), [manifestPath, 'workbooks/own.json']);
  });

  it('goes on where an earlier run was interrupted between removing an orphan and writing its list', async () => {
    await writeFiles(directory, files);
    await rm(join(directory, 'workbooks/b.json'));
    await writeFiles(directory, files.slice(0, 1));
    assert.deepEqual(await listed(), ['analytics-rules/a.yaml', manifestPath]);
  });

  it('only tells the differences when asked to compare', async () => {
    await writeFiles(directory, files);
    await writeFile(join(directory, 'analytics-rules/a.yaml'), 'edited by hand\n');
    const others = [...files.slice(0, 1), { path: 'workbooks/c.json', text: '[]\n' }];
    assert.deepEqual(await compareFiles(directory, others), [
      { path: 'analytics-rules/a.yaml', kind: 'changed' },
      { path: 'package/manifest.json', kind: 'changed' },
      { path: 'workbooks/b.json', kind: 'orphan' },
      { path: 'workbooks/c.json', kind: 'missing' },
    ]);
    assert.equal(await read('analytics-rules/a.yaml'), 'edited by hand\n');
  });

  for (const path of ['../outside.json', '/etc/passwd', 'a/../../b', 'a//b', '.git/config', manifestPath]) {
    it(`refuses to write ${path}`, async () => {
      await assert.rejects(writeFiles(directory, [{ path, text: 'x' }]), { code: 'unsafe-path' });
    });
  }

  it('deletes nothing outside its directory, whatever the list of files says', async () => {
    await mkdir(join(directory, 'package'));
    await mkdir(join(directory, 'out/package'), { recursive: true });
    await writeFile(join(directory, 'precious'), 'x');
    await writeFile(join(directory, 'out', manifestPath), '{"files":["../precious"]}');
    await assert.rejects(writeFiles(join(directory, 'out'), files), { code: 'unsafe-path' });
    assert.equal(await read('precious'), 'x');
  });

  for (const text of ['', '{', 'null', '{"files":"a"}', '{"files":[1]}']) {
    it(`stops at a list of files that reads ${JSON.stringify(text)}: it cannot tell orphans then`, async () => {
      await mkdir(join(directory, 'package'));
      await writeFile(join(directory, manifestPath), text);
      await assert.rejects(writeFiles(directory, files), { code: 'broken-manifest' });
    });
  }

  it('refuses two files at one place', async () => {
    await assert.rejects(writeFiles(directory, [...files, ...files.slice(0, 1)]), { code: 'duplicate-file' });
  });
});

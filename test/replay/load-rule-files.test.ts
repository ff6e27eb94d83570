import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFolder, loadRuleFiles } from '../../src/replay/load-rule-files.ts';

describe('the rule files of a folder', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rules-'));
    await mkdir(join(folder, 'hunting'));
    await Promise.all(
      ['b.yml', 'a.yaml', 'notes.md', 'hunting/c.yaml'].map((name) => writeFile(join(folder, name), `text of ${name}`)),
    );
  });
  after(() => rm(folder, { recursive: true }));

  it('are its YAML files of either ending, sorted, without those of other folders inside', async () => {
    assert.deepEqual(await loadRuleFiles(folder), [
      { file: join(folder, 'a.yaml'), text: 'text of a.yaml' },
      { file: join(folder, 'b.yml'), text: 'text of b.yml' },
    ]);
  });

  it('are those of the slugs asked for, each once', async () => {
    const files = await loadRuleFiles(folder, ['b', 'b']);
    assert.deepEqual(
      files.map(({ text }) => text),
      ['text of b.yml'],
    );
  });

  it('do not include a slug that is not there: the message names those that are', async () => {
    await assert.rejects(loadRuleFiles(folder, ['a', 'hunting/c']), {
      code: 'rule-unknown',
      message: `there is no rule 'hunting/c' in ${folder}`,
      hint: 'the rules there are a, b',
    });
  });

  it('cannot be read from a folder that does not exist', async () => {
    const missing = join(folder, 'missing');
    await assert.rejects(loadRuleFiles(missing), { code: 'rule-unreadable', file: missing, message: /ENOENT/ });
    assert.deepEqual(
      [await isFolder(missing), await isFolder(join(folder, 'a.yaml')), await isFolder(folder)],
      [false, false, true],
    );
  });
});

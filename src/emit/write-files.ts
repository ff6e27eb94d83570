import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmitError } from './emit-error.ts';
import type { GeneratedFile } from './generated-file.ts';
import { stableJson } from './stable-json.ts';

/** The list of what generation wrote last, so that it can remove what it no longer writes. */
export const manifestPath = 'package/manifest.json';

/** How a file on disk differs from what the definitions generate. */
export type Difference = { readonly path: string; readonly kind: 'missing' | 'changed' | 'orphan' };

/** The differences between `files` and what lies under `directory`, sorted by path; writes nothing. */
export async function compareFiles(directory: string, files: readonly GeneratedFile[]): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  const expected = withManifest(files);
  for (const { path, text } of expected) {
    const found = await readIfPresent(join(directory, path));
    if (found !== text) {
      differences.push({ path, kind: found === undefined ? 'missing' : 'changed' });
    }
  }
  for (const path of await orphansOf(directory, expected)) {
    differences.push({ path, kind: 'orphan' });
  }
  return differences.sort((first, second) => (first.path < second.path ? -1 : 1));
}

/**
 * Makes `directory` hold exactly `files` of what generation owns: writes what differs, each file in one step, then
 * removes orphans. The manifest comes last, so that an interrupted run leaves nothing that a later one would not clear.
 * Resolves to what was changed.
 */
export async function writeFiles(directory: string, files: readonly GeneratedFile[]): Promise<readonly Difference[]> {
  const differences = await compareFiles(directory, files);
  const texts = new Map(withManifest(files).map(({ path, text }) => [path, text]));
  const contents = differences.filter(({ path }) => path !== manifestPath);
  for (const { path, kind } of contents) {
    if (kind === 'orphan') {
      await removeFile(directory, path);
    } else {
      await writeInOneStep(join(directory, path), texts.get(path) ?? '');
    }
  }
  if (contents.length !== differences.length) {
    await writeInOneStep(join(directory, manifestPath), texts.get(manifestPath) ?? '');
  }
  return differences;
}

function withManifest(files: readonly GeneratedFile[]): readonly GeneratedFile[] {
  const paths = files.map(({ path }) => path).sort();
  for (const [index, path] of paths.entries()) {
    refuseUnsafePath(path);
    if (path === paths[index + 1]) {
      throw new EmitError('duplicate-file', `${path} is generated twice`, 'Give the two definitions different slugs.');
    }
  }
  return [...files, { path: manifestPath, text: stableJson({ files: paths }) }];
}

async function orphansOf(directory: string, expected: readonly GeneratedFile[]): Promise<readonly string[]> {
  const text = await readIfPresent(join(directory, manifestPath));
  if (text === undefined) {
    return [];
  }
  const kept = new Set(expected.map(({ path }) => path));
  const listed = readManifest(text).filter((path) => !kept.has(path));
  const present = await Promise.all(listed.map((path) => readIfPresent(join(directory, path))));
  return listed.filter((_path, index) => present[index] !== undefined);
}

/** The paths of a manifest. It decides what is deleted, so a path that leads out of the directory is refused. */
function readManifest(text: string): readonly string[] {
  let files: unknown;
  try {
    files = (JSON.parse(text) as { files?: unknown } | null)?.files;
  } catch {
    files = undefined;
  }
  if (!Array.isArray(files) || !files.every((path) => typeof path === 'string')) {
    throw new EmitError('broken-manifest', `${manifestPath} cannot be read`, 'Restore it from version control.');
  }
  files.forEach(refuseUnsafePath);
  return files;
}

function refuseUnsafePath(path: string): void {
  const safe = path.split('/').every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment));
  if (!safe || path === manifestPath) {
    throw new EmitError(
      'unsafe-path',
      `${JSON.stringify(path)} is no place for a generated file`,
      'Use a relative path.',
    );
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** A reader sees the old file or the new one, never a part. */
async function writeInOneStep(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.draft`;
  await writeFile(draft, text);
  await rename(draft, path);
}

async function removeFile(directory: string, path: string): Promise<void> {
  await rm(join(directory, path));
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      await rmdir(join(directory, folder));
    } catch {
      // Not empty: somebody else's files live there too.
      return;
    }
  }
}

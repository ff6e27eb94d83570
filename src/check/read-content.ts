import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { configPath } from './concerns/config.ts';
import type { SourceText } from './content-file.ts';

const folders: readonly string[] = ['analytics-rules', 'package', 'playbooks', 'workbooks'];

/** The content under a directory: YAML and JSON of the generated folders, and the configuration; sorted by path. */
export async function readContent(directory: string): Promise<readonly SourceText[]> {
  const found = (await Promise.all(folders.map((folder) => filesUnder(join(directory, folder))))).flat();
  const generated = found.filter((path) => /\.(?:ya?ml|json)$/.test(path));
  const contents = await Promise.all([...generated, join(directory, configPath)].map(readIfPresent));
  return contents
    .flatMap((source) => (source === undefined ? [] : [source]))
    .map(({ path, text }) => ({ path: relative(directory, path).split(sep).join('/'), text }))
    .filter(({ path }, _index, all) => path !== configPath || all.length > 1)
    .sort((first, second) => (first.path < second.path ? -1 : 1));
}

async function filesUnder(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

async function readIfPresent(path: string): Promise<SourceText | undefined> {
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

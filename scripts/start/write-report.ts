import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a page aside and then moves it in, so that an interrupted run leaves the old one. */
export async function writeReport(path: string, html: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.partial`;
  await writeFile(aside, html);
  await rename(aside, path);
}

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export const MAX_HISTORY = 1000;

/** Where the lines typed at the prompt are kept (XDG Base Directory Specification). */
export const historyPath = (environment: NodeJS.ProcessEnv): string =>
  join(environment.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'sentinel-api-pack', 'query-history');

/** The lines of earlier sessions, the last one first; none where there is no file. */
export function readHistory(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean).slice(0, MAX_HISTORY);
  } catch {
    return [];
  }
}

/**
 * Keeps the lines, the last one first. They may hold what nobody else shall read, so the file is the user's alone; and
 * it is moved into place whole. A home that cannot be written to is no reason to fail.
 */
export function writeHistory(path: string, lines: readonly string[]): void {
  const part = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(part, `${lines.slice(0, MAX_HISTORY).join('\n')}\n`, { mode: 0o600 });
    renameSync(part, path);
  } catch {
    return;
  }
}

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleFile } from './read-rules.ts';
import { ReplayError } from './replay-error.ts';

/**
 * The rule files of a folder, or of slugs in a folder, sorted by name; folders inside it hold other content.
 * @param slugs undefined: all of them
 * @throws ReplayError `rule-unreadable` for a folder that cannot be read, `rule-unknown` for a slug that is not there
 */
export async function loadRuleFiles(directory: string, slugs?: readonly string[]): Promise<readonly RuleFile[]> {
  const present = await listRules(directory);
  const wanted = slugs === undefined ? present : [...new Set(slugs)].sort();
  for (const slug of wanted) {
    if (present.includes(slug)) continue;
    const hint =
      present.length === 0 ? 'run: npm run -s pack -- generate' : `the rules there are ${present.join(', ')}`;
    throw new ReplayError('rule-unknown', `there is no rule '${slug}' in ${directory}`, { hint });
  }
  const files = wanted.map((slug) => join(directory, `${slug}.yaml`));
  return Promise.all(files.map(async (file) => ({ file, text: await readText(file) })));
}

/** Whether a path is a folder; anything else that replay is given for rules is a list of slugs. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

async function listRules(directory: string): Promise<readonly string[]> {
  try {
    const names = await readdir(directory);
    return names
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.slice(0, -'.yaml'.length))
      .sort();
  } catch (cause) {
    throw unreadable(directory, cause);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): ReplayError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const hint = 'give a folder of generated rules with --rules, or run: npm run -s pack -- generate';
  return new ReplayError('rule-unreadable', `cannot be read (${reason})`, { file, hint, cause });
}

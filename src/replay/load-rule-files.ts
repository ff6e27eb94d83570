import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleFile } from './read-rules.ts';
import { ReplayError } from './replay-error.ts';
import { ruleSlug } from './rule-document.ts';

/**
 * The rule files of a folder, or of slugs in a folder, sorted by name; folders inside it hold other content.
 * @param slugs undefined: all of them
 * @throws ReplayError `rule-unreadable` for a folder that cannot be read, `rule-unknown` for a slug that is not there
 */
export async function loadRuleFiles(directory: string, slugs?: readonly string[]): Promise<readonly RuleFile[]> {
  const present = await listRules(directory);
  const known = present.map(ruleSlug);
  for (const slug of slugs ?? []) {
    if (known.includes(slug)) continue;
    const hint = present.length === 0 ? 'run: npm run -s pack -- generate' : `the rules there are ${known.join(', ')}`;
    throw new ReplayError('rule-unknown', `there is no rule '${slug}' in ${directory}`, { hint });
  }
  const wanted = present.filter((name) => slugs === undefined || slugs.includes(ruleSlug(name)));
  return Promise.all(wanted.map((name) => loadRuleFile(join(directory, name))));
}

/** @throws ReplayError `rule-unreadable` */
export const loadRuleFile = async (file: string): Promise<RuleFile> => ({ file, text: await readText(file) });

/** Whether a file is a rule by its name. */
export const isRuleFile = (name: string): boolean => /\.ya?ml$/.test(name);

/** Whether a path is a folder; anything else that replay is given for rules is a list of slugs. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

async function listRules(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).filter(isRuleFile).sort();
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

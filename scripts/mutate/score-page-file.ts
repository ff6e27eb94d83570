import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { RuleMutations } from '../../src/mutate/mutation-report.ts';
import { formatScorePage, staleRules } from '../../src/mutate/score-page.ts';
import { digestRules } from './digest-rules.ts';
import type { ContentFolders } from './scenario-judge.ts';

const path = 'docs/mutation-score.md';

export async function writeScorePage(rules: readonly RuleMutations[], folders: ContentFolders): Promise<void> {
  await writeFile(path, formatScorePage(rules, await digestRules(folders)));
  console.error(`wrote ${path}`);
}

/** Whether the page is about the rules and scenarios as they are; says so. */
export async function checkScorePage(folders: ContentFolders): Promise<boolean> {
  const page = existsSync(path) ? await readFile(path, 'utf8') : '';
  const stale = staleRules(page, await digestRules(folders));
  if (stale.length === 0) console.log(`${path} is about these rules and scenarios`);
  else console.error(`${path} is stale for ${stale.join(', ')}: run npm run -s pack -- mutate --write`);
  return stale.length === 0;
}

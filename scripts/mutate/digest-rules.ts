import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { queryMutations } from '../../src/mutate/query/index.ts';
import { ruleMutations } from '../../src/mutate/rule/index.ts';
import type { JudgedBy } from '../../src/mutate/score-page.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import { loadScenarios } from '../../src/replay/scenario/load-scenarios.ts';
import { type ContentFolders, equivalentsFile, slugOf } from './scenario-judge.ts';

/**
 * Of each rule a digest of its text, its scenarios, what is declared equivalent, and the kinds of mutations. What
 * scenarios run on (the engine, the traffic library) is left out: a change there that moves a verdict fails tests.
 */
export async function digestRules(folders: ContentFolders): Promise<readonly JudgedBy[]> {
  const scenarios = await loadScenarios(folders.scenarios);
  const kinds = [...queryMutations, ...ruleMutations].map(({ name }) => name);
  const digests = (await loadRuleFiles(folders.rules)).map(async (rule): Promise<JudgedBy> => {
    const slug = slugOf(rule);
    const own = scenarios.filter((scenario) => scenario.rule === slug);
    const equivalents = equivalentsFile(slug, folders);
    const declared = existsSync(equivalents) ? await readFile(equivalents, 'utf8') : '';
    const parts = [kinds, rule.text, declared, own.map(({ name, text }) => [name, text])];
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
    return { slug, scenarios: own.length, digest };
  });
  return Promise.all(digests);
}

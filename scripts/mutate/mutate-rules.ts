import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declareEquivalents } from '../../src/mutate/declare-equivalents.ts';
import { type EquivalentMutant, readEquivalentMutants } from '../../src/mutate/equivalent-mutants.ts';
import { judgeMutants } from '../../src/mutate/judge-mutants.ts';
import { listMutants } from '../../src/mutate/list-mutants.ts';
import { MutateError } from '../../src/mutate/mutate-error.ts';
import type { RuleMutations } from '../../src/mutate/mutation-report.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import type { ProgressBar } from '../progress-bar.ts';
import { createJudgePool, type JudgePool } from './judge-pool.ts';
import { type ContentFolders, emptyCatalog, loadScenarios, slugOf } from './scenario-judge.ts';

export type MutateRequest = {
  /** None: every rule. */
  readonly slugs: readonly string[];
  readonly threads: number;
  readonly folders: ContentFolders;
};

/**
 * Judges every mutant of the rules by their scenarios.
 * @throws MutateError for a rule without scenarios, or that fails one itself, and for declarations that do not fit
 */
export async function mutateRules(
  { slugs, threads, folders }: MutateRequest,
  progress: ProgressBar,
): Promise<readonly RuleMutations[]> {
  const files = await loadRuleFiles(folders.rules, slugs.length === 0 ? undefined : slugs);
  const equivalents = await Promise.all(files.map((file) => loadEquivalents(slugOf(file), folders)));
  for (const file of files) await requireScenarios(slugOf(file), folders);
  const pool = createJudgePool(threads, folders);
  try {
    const mutated: RuleMutations[] = [];
    for (const [index, file] of files.entries()) {
      mutated.push(
        await mutateRule(file, equivalents[index] ?? { file: '', declared: [] }, pool, (share, slug) =>
          progress.show((index + share) / files.length, slug),
        ),
      );
    }
    return mutated;
  } finally {
    await pool.close();
  }
}

async function mutateRule(
  { file, text }: RuleFile,
  equivalents: Equivalents,
  pool: JudgePool,
  onShare: (share: number, slug: string) => void,
): Promise<RuleMutations> {
  const slug = slugOf({ file, text });
  onShare(0, slug);
  const judges = await pool.judgesOf(slug);
  const own = await judges[0]?.(text);
  if (own?.status !== 'passes') {
    const message = own?.status === 'fails' ? `fails its scenario ${own.scenario}` : `is no rule: ${own?.reason}`;
    throw new MutateError('rule-fails', message, { file, hint: `correct it first: npm run -s pack -- test ${slug}` });
  }
  const mutants = listMutants(text, file, emptyCatalog);
  const judged = await judgeMutants(mutants, judges, (done) => onShare(done / mutants.length, slug));
  return { slug, file, text, mutants: declareEquivalents(judged, equivalents.declared, equivalents.file) };
}

type Equivalents = { readonly file: string; readonly declared: readonly EquivalentMutant[] };

async function loadEquivalents(slug: string, { scenarios }: ContentFolders): Promise<Equivalents> {
  const file = join(scenarios, slug, 'equivalent-mutants.yaml');
  const declared = existsSync(file) ? readEquivalentMutants(await readFile(file, 'utf8'), file) : [];
  return { file, declared };
}

async function requireScenarios(slug: string, folders: ContentFolders): Promise<void> {
  const scenarios = await loadScenarios(slug, folders);
  if (scenarios.length > 0) return;
  const hint = `write one in ${join(folders.scenarios, slug)}/fires-…/scenario.yaml`;
  throw new MutateError('no-scenario', `${slug} has no scenario, so nothing could notice a change`, { hint });
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declareEquivalents } from '../../src/mutate/declare-equivalents.ts';
import { type EquivalentMutant, readEquivalentMutants } from '../../src/mutate/equivalent-mutants.ts';
import { type Judge, judgeMutants } from '../../src/mutate/judge-mutants.ts';
import { listMutants } from '../../src/mutate/list-mutants.ts';
import { MutateError } from '../../src/mutate/mutate-error.ts';
import type { Mutated, RuleMutations } from '../../src/mutate/mutation-report.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import type { ProgressBar } from '../progress-bar.ts';
import { createJudgePool, type JudgePool } from './judge-pool.ts';
import { type ContentFolders, emptyCatalog, equivalentsFile, loadScenarios, slugOf } from './scenario-judge.ts';

export type MutateRequest = {
  /** None: every rule. */
  readonly slugs: readonly string[];
  readonly threads: number;
  readonly folders: ContentFolders;
  /** Ends the work; what mutateRules then throws is its reason. */
  readonly signal?: AbortSignal;
};

/**
 * Judges every mutant of the rules by their scenarios. What is wrong with a rule (it has no scenario, or fails one
 * itself) or with its declarations is among the problems, and the others are judged.
 * @throws ReplayError where rules or scenarios cannot be read, MutateError where a file of declarations cannot
 */
export async function mutateRules(
  { slugs, threads, folders, signal }: MutateRequest,
  progress: ProgressBar,
): Promise<Mutated> {
  const files = await loadRuleFiles(folders.rules, slugs.length === 0 ? undefined : slugs);
  const equivalents = await Promise.all(files.map((file) => loadEquivalents(slugOf(file), folders)));
  const pool = createJudgePool(threads, folders);
  const work = async (): Promise<Mutated> => {
    const rules: RuleMutations[] = [];
    const problems: MutateError[] = [];
    for (const [index, file] of files.entries()) {
      const show = (share: number, text: string): void => progress.show((index + share) / files.length, text);
      try {
        rules.push(await mutateRule(file, equivalents[index] as Equivalents, { folders, pool, signal, show }));
      } catch (error) {
        if (!(error instanceof MutateError)) throw error;
        problems.push(error);
      }
    }
    return { rules, problems };
  };
  try {
    return await Promise.race([work(), ...(signal === undefined ? [] : [rejectedBy(signal)])]);
  } finally {
    await pool.close();
  }
}

type Surroundings = {
  readonly folders: ContentFolders;
  readonly pool: JudgePool;
  readonly signal: AbortSignal | undefined;
  readonly show: ProgressBar['show'];
};

async function mutateRule(
  { file, text }: RuleFile,
  equivalents: Equivalents,
  { folders, pool, signal, show }: Surroundings,
): Promise<RuleMutations> {
  const slug = slugOf({ file, text });
  await requireScenarios(slug, folders);
  const judges = await pool.judgesOf(slug);
  const mutants = listMutants(text, file, emptyCatalog);
  show(0, slug);
  await requirePassing({ file, text }, judges);
  const judged = await judgeMutants(mutants, judges, {
    signal,
    onJudged: (done) => show(done / mutants.length, `${slug}: ${done} of ${mutants.length} mutants`),
  });
  return { slug, file, text, mutants: declareEquivalents(judged, equivalents.declared, equivalents.file) };
}

/** Threads that build logs would not hear of the signal before they are done. */
const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

/** Every judge runs the scenarios of the rule itself: each has to build the logs anyway, so this costs no time. */
async function requirePassing({ file, text }: RuleFile, judges: readonly Judge[]): Promise<void> {
  const [own] = await Promise.all(judges.map((judge) => judge(text, [])));
  if (own?.status === 'passes') return;
  const message =
    own?.status === 'fails' ? `fails its scenario ${own.scenario}` : `no scenario can be run on it: ${own?.reason}`;
  const hint = `correct it first: npm run -s pack -- test ${slugOf({ file, text })}`;
  throw new MutateError('rule-fails', message, { file, hint });
}

type Equivalents = { readonly file: string; readonly declared: readonly EquivalentMutant[] };

async function loadEquivalents(slug: string, folders: ContentFolders): Promise<Equivalents> {
  const file = equivalentsFile(slug, folders);
  const declared = existsSync(file) ? readEquivalentMutants(await readFile(file, 'utf8'), file) : [];
  return { file, declared };
}

async function requireScenarios(slug: string, folders: ContentFolders): Promise<void> {
  const scenarios = await loadScenarios(slug, folders);
  if (scenarios.length > 0) return;
  const hint = `write one in ${join(folders.scenarios, slug)}/fires-…/scenario.yaml`;
  throw new MutateError('no-scenario', `${slug} has no scenario, so nothing could notice a change`, { hint });
}

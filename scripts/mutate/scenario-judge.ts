import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { trafficLibrary } from '../../data/scenario-traffic/traffic-library.ts';
import type { Catalog } from '../../src/kql/index.ts';
import { findRejection } from '../../src/mutate/check-mutant.ts';
import type { Judge, Verdict } from '../../src/mutate/judge-mutants.ts';
import { MutateError } from '../../src/mutate/mutate-error.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import { isFaultOfEngine } from '../../src/replay/query-error.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { loadScenariosOf } from '../../src/replay/scenario/load-scenarios.ts';
import { createScenarioRunner } from '../../src/replay/scenario/run-scenario.ts';
import type { Scenario } from '../../src/replay/scenario/scenario.ts';
import type { ScenarioResult } from '../../src/replay/scenario/scenario-result.ts';
import { inWorkspace } from '../../src/sentinel/workspace.ts';
import { knownSchemas } from '../load-logs.ts';

/** Where rules and their scenarios lie. */
export type ContentFolders = { readonly rules: string; readonly scenarios: string };

/** More than a rule has: its mutants are judged by the same scenarios again and again. */
const KEPT_LOGS = 48;

/** A workspace whose every table is empty: what a rule's query is bound against. */
export const emptyCatalog: Catalog = inWorkspace({ tables: new Map() }, knownSchemas);

/** Judges rules by their scenarios; logs are built once and kept for the next mutant. */
export async function createScenarioJudges(folders: ContentFolders): Promise<(slug: string) => Promise<Judge>> {
  const files = await loadRuleFiles(folders.rules);
  const rules = new Map(files.map((file) => [slugOf(file), file]));
  const runner = createScenarioRunner(knownSchemas, trafficLibrary, KEPT_LOGS);
  const judges = new Map<string, Promise<Judge>>();
  const createJudge =
    (scenarios: readonly Scenario[], slug: string): Judge =>
    async (text, first): Promise<Verdict> => {
      const file = rules.get(slug)?.file ?? slug;
      const changed = new Map([...rules, [slug, { file, text }] as const]);
      for (const scenario of inOrder(scenarios, first)) {
        const result = await runner.run(scenario, changed, 'verdict');
        if (result.status !== 'passed') return verdictOf(result, { file, text });
      }
      return { status: 'passes' };
    };
  return (slug) => {
    const known = judges.get(slug) ?? loadScenarios(slug, folders).then((scenarios) => createJudge(scenarios, slug));
    judges.set(slug, known);
    return known;
  };
}

function inOrder(scenarios: readonly Scenario[], first: readonly string[]): readonly Scenario[] {
  const named = first.flatMap((name) => scenarios.find((scenario) => scenario.name === name) ?? []);
  return [...named, ...scenarios.filter(({ name }) => !first.includes(name))];
}

/** What a scenario that has not passed says about a changed rule. */
function verdictOf(result: Exclude<ScenarioResult, { status: 'passed' }>, { file, text }: RuleFile): Verdict {
  const problems = result.status === 'broken' ? [result.problem] : result.problems;
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  // A rule that Sentinel rejects has problems; binding is dear, so the others are not asked.
  const rejection = problems.length === 0 ? undefined : findRejection(text, file, emptyCatalog);
  if (rejection !== undefined) return { status: 'rejected', reason: rejection };
  if (problem === undefined || result.status === 'broken') return { status: 'fails', scenario: result.name };
  if (isFaultOfEngine(problem)) return { status: 'unable', reason: problem.message };
  return { status: 'fails', scenario: result.name, failure: problem.message };
}

export const slugOf = ({ file }: RuleFile): string => (file.split(/[\\/]/).at(-1) ?? '').replace(/\.yaml$/, '');

/** Where a rule's equivalent mutants are declared, as far as there are any. */
export const equivalentsFile = (slug: string, { scenarios }: ContentFolders): string =>
  join(scenarios, slug, 'equivalent-mutants.yaml');

/**
 * The scenarios of a rule: those without a background first, since they are the fastest to fail.
 * @throws MutateError `rule-fails` where one cannot be read: nobody knows what it would have noticed
 */
export async function loadScenarios(slug: string, folders: ContentFolders): Promise<readonly Scenario[]> {
  if (!existsSync(join(folders.scenarios, slug))) return [];
  const files = await loadScenariosOf(folders.scenarios, slug);
  const scenarios = files.map(({ file, name, scenario }) => {
    if (scenario !== undefined) return scenario;
    const hint = `correct it first: npm run -s pack -- test ${slug}`;
    throw new MutateError('rule-fails', `the scenario ${name} cannot be read`, { file, hint });
  });
  return scenarios.sort((a, b) => a.given.backgrounds.length - b.given.backgrounds.length);
}

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trafficLibrary } from '../../data/scenario-traffic/traffic-library.ts';
import { batchOf, type Catalog, createMemoryTable } from '../../src/kql/index.ts';
import { findRejection } from '../../src/mutate/check-mutant.ts';
import type { Judge, Verdict } from '../../src/mutate/judge-mutants.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { readScenario } from '../../src/replay/scenario/read-scenario.ts';
import { createScenarioRunner } from '../../src/replay/scenario/run-scenario.ts';
import type { Scenario } from '../../src/replay/scenario/scenario.ts';
import { knownSchemas } from '../load-logs.ts';

/** Where rules and their scenarios lie. */
export type ContentFolders = { readonly rules: string; readonly scenarios: string };

/** Every known table, empty: what a rule's query is bound against. */
export const emptyCatalog: Catalog = {
  tables: new Map([...knownSchemas].map(([name, columns]) => [name, createMemoryTable(batchOf(columns, []))])),
};

/** Judges rules by their scenarios; backgrounds and logs are built once and kept for the next mutant. */
export async function createScenarioJudges(folders: ContentFolders): Promise<(slug: string) => Promise<Judge>> {
  const files = await loadRuleFiles(folders.rules);
  const rules = new Map(files.map((file) => [slugOf(file), file]));
  const runner = createScenarioRunner(knownSchemas, trafficLibrary);
  const judges = new Map<string, Promise<Judge>>();
  const createJudge =
    (scenarios: readonly Scenario[], slug: string): Judge =>
    async (ruleText): Promise<Verdict> => {
      const file = rules.get(slug)?.file ?? slug;
      const changed = new Map([...rules, [slug, { file, text: ruleText }] as const]);
      for (const scenario of scenarios) {
        const result = await runner.run(scenario, changed, { margins: false });
        if (result.status === 'passed') continue;
        // Binding is the dearest part of most verdicts, and a rule that Sentinel rejects has problems.
        const isSuspect = result.status === 'broken' || result.problems.length > 0;
        const reason = isSuspect ? findRejection(ruleText, file, emptyCatalog) : undefined;
        return reason === undefined ? { status: 'fails', scenario: result.name } : { status: 'rejected', reason };
      }
      return { status: 'passes' };
    };
  return (slug) => {
    const known = judges.get(slug) ?? loadScenarios(slug, folders).then((scenarios) => createJudge(scenarios, slug));
    judges.set(slug, known);
    return known;
  };
}

export const slugOf = ({ file }: RuleFile): string => (file.split(/[\\/]/).at(-1) ?? '').replace(/\.yaml$/, '');

/** The scenarios of a rule: those without a background first, since they are the fastest to fail. */
export async function loadScenarios(slug: string, folders: ContentFolders): Promise<readonly Scenario[]> {
  const folder = join(folders.scenarios, slug);
  const names = existsSync(folder) ? (await readdir(folder)).sort() : [];
  const files = names.map((name) => join(folder, name, 'scenario.yaml')).filter((file) => existsSync(file));
  const scenarios = await Promise.all(files.map(async (file) => readScenario(await readFile(file, 'utf8'), file)));
  return scenarios.sort((a, b) => a.given.backgrounds.length - b.given.backgrounds.length);
}

import { writeFile } from 'node:fs/promises';
import { trafficLibrary } from '../../data/scenario-traffic/traffic-library.ts';
import { loadRuleFiles } from '../../src/replay/load-rule-files.ts';
import type { RuleFile } from '../../src/replay/read-rules.ts';
import { ReplayError } from '../../src/replay/replay-error.ts';
import { loadScenario, loadScenarios, type ScenarioFile } from '../../src/replay/scenario/load-scenarios.ts';
import { brokenScenario, createScenarioRunner, type RunDetail } from '../../src/replay/scenario/run-scenario.ts';
import type { ScenarioResult } from '../../src/replay/scenario/scenario-result.ts';
import { updateScenario } from '../../src/replay/scenario/update-scenario.ts';
import { knownSchemas } from '../load-logs.ts';
import { UsageError } from '../usage-error.ts';

export type SuitePaths = { readonly scenarios: string; readonly rules: string };

/** More than a rule has, so that a change of it finds all of its logs built. */
const KEPT_LOGS = 64;

/** So many scenarios are run again in less than a second with their margins. */
const FEW = 4;

/** Told before each scenario, and with done = total after the last. */
export type OnScenario = (done: number, total: number, scenario: string) => void;

/** The scenarios of a folder with the rules that they are about; logs, plans and backgrounds stay warm between runs. */
export type ScenarioSuite = {
  /** The scenarios that are chosen, sorted by rule and name. */
  readonly scenarios: () => readonly ScenarioFile[];
  readonly run: (files: readonly ScenarioFile[], onScenario?: OnScenario) => Promise<readonly ScenarioResult[]>;
  /** As run, but of many only the first few that fail have margins: measuring them takes longer than running. */
  readonly runQuickly: (files: readonly ScenarioFile[]) => Promise<readonly ScenarioResult[]>;
  /** Reads the rules again and returns the slugs of those whose text has changed. */
  readonly reloadRules: () => Promise<ReadonlySet<string>>;
  /** Reads the scenarios again and returns those whose text has changed, or that are new. */
  readonly reloadScenarios: () => Promise<readonly ScenarioFile[]>;
  /** Rewrites what a scenario expects to what its rule does, and runs it again. */
  readonly update: (result: ScenarioResult) => Promise<ScenarioResult>;
};

/**
 * @param staysOpen the same scenarios will be run again and again
 * @throws UsageError for a name that is neither a rule nor a scenario of one
 */
export async function openSuite(
  paths: SuitePaths,
  chosen: readonly string[],
  staysOpen = false,
): Promise<ScenarioSuite> {
  const runner = createScenarioRunner(knownSchemas, trafficLibrary, staysOpen ? KEPT_LOGS : 1);
  let rules = await loadRules(paths.rules);
  let files = choose(await loadScenarios(paths.scenarios), chosen);
  const runOne = async ({ file, scenario }: ScenarioFile, detail: RunDetail = 'margins'): Promise<ScenarioResult> => {
    const loaded = scenario === undefined ? await loadScenario(file) : undefined;
    if (loaded !== undefined && loaded.scenario === undefined) return loaded.broken;
    const ready = scenario ?? (loaded?.scenario as NonNullable<typeof scenario>);
    return runner.run(ready, rules, detail);
  };
  return {
    scenarios: () => files,
    async run(some, onScenario) {
      const results: ScenarioResult[] = [];
      for (const file of some) {
        onScenario?.(results.length, some.length, `${file.rule}/${file.name}`);
        results.push(await runOne(file));
      }
      onScenario?.(results.length, some.length, '');
      return results;
    },
    async runQuickly(some) {
      const results: ScenarioResult[] = [];
      let measured = 0;
      for (const file of some) {
        const result = some.length > FEW ? await runOne(file, 'evidence') : undefined;
        const isEnough = result !== undefined && (result.status !== 'failed' || ++measured > FEW);
        results.push(isEnough ? result : await runOne(file));
      }
      return results;
    },
    async reloadRules() {
      const before = rules;
      rules = await loadRules(paths.rules);
      return new Set([...rules.keys()].filter((slug) => rules.get(slug)?.text !== before.get(slug)?.text));
    },
    async reloadScenarios() {
      const before = new Set(files);
      // A scenario that has not changed stays the same object, by which its logs are known.
      files = choose(await loadScenarios(paths.scenarios, files), chosen);
      return files.filter((one) => !before.has(one));
    },
    async update(result) {
      if (result.status !== 'failed' || result.problems.length > 0) return result;
      const { file } = result;
      try {
        const { text } = await loadScenario(file);
        await writeFile(file, updateScenario(text, result));
        return await runOne(await loadScenario(file));
      } catch (error) {
        if (error instanceof ReplayError) return brokenScenario(file, error);
        throw error;
      }
    },
  };
}

async function loadRules(directory: string): Promise<ReadonlyMap<string, RuleFile>> {
  const files = await loadRuleFiles(directory);
  return new Map(files.map((rule) => [(rule.file.split(/[\\/]/).at(-1) ?? '').replace(/\.yaml$/, ''), rule]));
}

/** The scenarios of the rules, or the single scenarios, that are named: `waf-sql-injection/quiet-at-two-transactions`. */
function choose(files: readonly ScenarioFile[], names: readonly string[]): readonly ScenarioFile[] {
  if (names.length === 0) return files;
  const isNamed = ({ rule, name }: ScenarioFile, wanted: string): boolean =>
    wanted === rule || wanted === `${rule}/${name}`;
  const unknown = names.find((wanted) => !files.some((file) => isNamed(file, wanted)));
  if (unknown !== undefined) {
    const [rule = ''] = unknown.split('/');
    const own = files.filter((file) => file.rule === rule).map(({ name }) => `${rule}/${name}`);
    const known = own.length > 0 ? own : [...new Set(files.map((file) => file.rule))];
    throw new UsageError(`there is no scenario '${unknown}'`, `There are ${known.join(', ')}.`);
  }
  return files.filter((file) => names.some((wanted) => isNamed(file, wanted)));
}

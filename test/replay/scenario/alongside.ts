import { knownSchemas } from '../../../scripts/load-logs.ts';
import type { RuleFile } from '../../../src/replay/read-rules.ts';
import { readScenario } from '../../../src/replay/scenario/read-scenario.ts';
import { createScenarioRunner } from '../../../src/replay/scenario/run-scenario.ts';
import { library, scenarioYaml, schemas } from './fixtures.ts';

/** Runs a scenario of the rule `reader` in a workspace that has the table of alerts too, and returns its status. */
export async function run(changes: Record<string, unknown>, rules: readonly RuleFile[]): Promise<string> {
  const runner = createScenarioRunner(new Map([...knownSchemas, ...schemas]), library);
  const text = scenarioYaml({ rule: 'reader', ...changes });
  const scenario = readScenario(text, 'scenarios/reader/fires-on-an-alert/scenario.yaml');
  const bySlug = new Map(rules.map((rule) => [(rule.file.split('/').at(-1) ?? '').replace('.yaml', ''), rule]));
  const result = await runner.run(scenario, bySlug, 'margins');
  return result.status === 'broken' ? result.problem.message : result.status;
}

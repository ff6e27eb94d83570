import { stringify } from 'yaml';
import type { Schemas } from '../../../src/kql/index.ts';
import type { RuleFile } from '../../../src/replay/read-rules.ts';
import { readScenario } from '../../../src/replay/scenario/read-scenario.ts';
import { createScenarioRunner } from '../../../src/replay/scenario/run-scenario.ts';
import type { Scenario } from '../../../src/replay/scenario/scenario.ts';
import type { ScenarioResult, ScenarioRun } from '../../../src/replay/scenario/scenario-result.ts';
import type { TrafficLibrary } from '../../../src/replay/scenario/traffic-library.ts';
import { ruleYaml } from '../fixtures.ts';

export const schemas: Schemas = new Map([
  [
    'Calls',
    [
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'Client', type: 'string' },
      { name: 'Bytes', type: 'long' },
      { name: 'Share', type: 'real' },
      { name: 'Took', type: 'timespan' },
      { name: 'Headers', type: 'dynamic' },
      { name: 'Ok', type: 'bool' },
    ],
  ],
]);

/** The step `calls` of these tests: so many calls of the client at its address, a minute apart. */
export const library: TrafficLibrary = {
  backgrounds: new Map([
    [
      'contoso-day',
      () => [{ table: 'Calls', rows: [{ TimeGenerated: '2026-03-24T10:01:00Z', Client: 'usual' }], delayMs: 0 }],
    ],
  ]),
  steps: new Map([
    [
      'calls',
      ({ at, count, addresses = 'a', arrives }) => {
        if (addresses === 'broken') throw new Error('no such client');
        const rows = Array.from({ length: count as number }, (_, index) => ({
          TimeGenerated: new Date(Date.parse(at as string) + index * 60_000).toISOString(),
          Client: addresses,
          Bytes: index,
        }));
        return [
          {
            table: 'Calls',
            rows,
            delayMs: arrives === undefined ? 0 : Number.parseInt(arrives as string, 10) * 60_000,
          },
        ];
      },
    ],
  ]),
};

/** Fires for each client with three calls or more in an hour. */
export const busyRule = (changes: Record<string, unknown> = {}): RuleFile => ({
  file: 'rules/busy.yaml',
  text: ruleYaml({
    query: 'Calls\n| summarize Calls = count(), TimeGenerated = min(TimeGenerated) by Client\n| where Calls >= 3\n',
    eventGroupingSettings: { aggregationKind: 'AlertPerResult' },
    customDetails: { Client: 'Client', Observed: 'Calls' },
    entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'Client' }] }],
    alertDetailsOverride: { alertDisplayNameFormat: '{{Client}} is busy' },
    ...changes,
  }),
});

export const callsStep = (at: string, count: number, more: Record<string, unknown> = {}) => ({
  calls: { at: `2026-03-24T${at}:00Z`, endpoint: 'GET /x', count, ...more },
});

const base = {
  rule: 'busy',
  description: 'Three calls are busy.',
  given: { background: 'contoso-day', steps: [callsStep('10:10', 3)] },
  clock: { from: '2026-03-24T11:00:00Z', to: '2026-03-24T12:00:00Z' },
  expect: { alerts: [{ at: '2026-03-24T11:05:00Z' }] },
};

/** The YAML of a scenario; by default three calls at 10:10, and the alert of 11:05 that they lead to. */
export const scenarioYaml = (changes: Record<string, unknown> = {}): string => stringify({ ...base, ...changes });

export const scenarioFile = (name: string): string => `scenarios/busy/${name}/scenario.yaml`;

export const scenarioOf = (changes: Record<string, unknown> = {}, name = 'fires-on-three-calls'): Scenario =>
  readScenario(scenarioYaml(changes), scenarioFile(name));

const runner = createScenarioRunner(schemas, library);

export const run = (
  scenario: Scenario,
  rules: readonly RuleFile[] = [busyRule()],
  margins = false,
): Promise<ScenarioResult> =>
  runner.run(
    scenario,
    new Map(rules.map((rule) => [(rule.file.split('/').at(-1) ?? '').replace('.yaml', ''), rule])),
    margins ? 'margins' : 'evidence',
  );

/** The run of a scenario that is not broken. */
export async function runOf(...args: Parameters<typeof run>): Promise<ScenarioRun & { readonly status: string }> {
  const result = await run(...args);
  if (result.status === 'broken') throw new Error(result.problem.message);
  return result;
}

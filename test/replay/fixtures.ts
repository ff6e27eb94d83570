import { stringify } from 'yaml';
import { type ColumnType, ticksFromUnixMs, type Value } from '../../src/kql/index.ts';
import type { AnalyticsRule } from '../../src/replay/analytics-rule.ts';
import type { QueryEngine, QueryWindow, RunResult, TableUse } from '../../src/replay/query-engine.ts';
import { readRule } from '../../src/replay/read-rule.ts';
import type { RuleRun } from '../../src/replay/schedule.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Milliseconds since 1970 of `2026-03-24 11:00`, in UTC. */
export const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
export const ticksAt = (text: string): bigint => ticksFromUnixMs(at(text));

type Yaml = Record<string, unknown>;

/** A complete scheduled rule as it stands in a file; keys given as undefined are left out. */
export function ruleYaml(changes: Yaml = {}): string {
  const yaml: Yaml = {
    id: '11111111-2222-4333-8444-555555555555',
    name: 'Many calls',
    description: 'Identifies many calls.',
    severity: 'Medium',
    queryFrequency: '1h',
    queryPeriod: '1h',
    triggerOperator: 'gt',
    triggerThreshold: 0,
    tactics: ['Impact'],
    relevantTechniques: ['T1499'],
    query: 'Calls\n| where Count > 3\n',
    version: '1.0.0',
    kind: 'Scheduled',
    ...changes,
  };
  return stringify(Object.fromEntries(Object.entries(yaml).filter(([, value]) => value !== undefined)));
}

export const scheduledRule = (changes: Yaml = {}): AnalyticsRule =>
  readRule(ruleYaml(changes), 'rules/many-calls.yaml');

const noSchedule = {
  queryFrequency: undefined,
  queryPeriod: undefined,
  triggerOperator: undefined,
  triggerThreshold: undefined,
};
export const nrtYaml = (changes: Yaml = {}): string => ruleYaml({ kind: 'NRT', ...noSchedule, ...changes });
export const nrtRule = (changes: Yaml = {}): AnalyticsRule => readRule(nrtYaml(changes), 'rules/many-calls.yaml');

/** The run of an hourly rule that looks back an hour, scheduled at 11:00. */
export const run: RuleRun = {
  scheduledMs: at('2026-03-24 11:00'),
  nowMs: at('2026-03-24 11:00'),
  executedMs: at('2026-03-24 11:05'),
  window: { fromMs: at('2026-03-24 10:00'), toMs: at('2026-03-24 11:00'), includes: 'from', by: 'TimeGenerated' },
};

/** A result from `name:type` and rows. */
export function resultOf(columns: readonly string[], rows: readonly (readonly Value[])[]): RunResult {
  return {
    columns: columns.map((column) => {
      const [name = '', type = 'string'] = column.split(':');
      return { name, type: type as ColumnType };
    }),
    rows,
  };
}

/** A result of so many rows of a column Client with the values a0, a1, … */
export const clients = (count: number): RunResult =>
  resultOf(
    ['Client'],
    Array.from({ length: count }, (_, index) => [`a${index}`]),
  );

/** An engine whose every query gives what a function says for the window, and which notes the windows it was asked. */
export function engineOf(
  answer: (window: QueryWindow, query: string) => RunResult,
  tables: readonly TableUse[] = [{ name: 'Calls', rowCount: 10 }],
): QueryEngine & { readonly windows: QueryWindow[] } {
  const windows: QueryWindow[] = [];
  return {
    windows,
    prepare: (query) => ({
      tables,
      run: async (window) => {
        windows.push(window);
        return answer(window, query);
      },
    }),
  };
}

import { defaultAssumptions } from './assumptions.ts';
import { createIncidents } from './incidents.ts';
import type { QueryEngine } from './query-engine.ts';
import { type RuleFile, readRules } from './read-rules.ts';
import type { ReplayOptions, ReplayResult, RuleReplay } from './replay-result.ts';
import { replayRule } from './replay-rule.ts';

/**
 * Runs rules over logs as Sentinel's scheduler would: reads the rules, plans and executes their runs, builds alerts and
 * opens incidents. What goes wrong with one rule, or in one run of it, is told in the result and everything else still
 * runs. The same files, logs, clock and assumptions give the same result.
 */
export async function replay(
  files: readonly RuleFile[],
  engine: QueryEngine,
  options: ReplayOptions,
): Promise<ReplayResult> {
  const { rules, problems } = readRules(files);
  const replayed: Omit<RuleReplay, 'incidents'>[] = [];
  for (const rule of rules) replayed.push(await replayRule(rule, engine, options));
  const incidents = createIncidents(
    replayed.map(({ alerts }) => alerts),
    options.assumptions,
  );
  return {
    clock: options.clock,
    assumptions: options.assumptions ?? defaultAssumptions,
    rules: replayed.map((one) => ({
      ...one,
      incidents: incidents.filter(({ rule }) => rule === one.rule),
    })),
    problems,
  };
}

import { ticksFromUnixMs } from '../kql/index.ts';
import type { AnalyticsRule } from './analytics-rule.ts';
import type { PreparedQuery, RunResult } from './query-engine.ts';
import { describeQueryError } from './query-error.ts';
import type { ReplayError } from './replay-error.ts';
import type { RuleRun } from './schedule.ts';

export type RunOutcome =
  | { readonly status: 'completed'; readonly result: RunResult }
  | { readonly status: 'failed'; readonly error: ReplayError };

/** Executes the query of one run over its window; an error of the engine becomes the outcome, never an exception. */
export async function executeRun(run: RuleRun, query: PreparedQuery, rule: AnalyticsRule): Promise<RunOutcome> {
  const { fromMs, toMs, by } = run.window;
  try {
    const result = await query.run({
      fromTicks: ticksFromUnixMs(fromMs),
      toTicks: ticksFromUnixMs(toMs),
      nowTicks: ticksFromUnixMs(run.scheduledMs),
      by,
    });
    return { status: 'completed', result };
  } catch (error) {
    return { status: 'failed', error: describeQueryError('query-failed', error, rule) };
  }
}

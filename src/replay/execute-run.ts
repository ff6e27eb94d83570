import { ticksFromUnixMs } from '../kql/index.ts';
import type { AnalyticsRule } from './analytics-rule.ts';
import type { PreparedQuery, QueryWindow, RaisedRows, RunResult } from './query-engine.ts';
import { describeQueryError } from './query-error.ts';
import type { ReplayError } from './replay-error.ts';
import type { RuleRun } from './schedule.ts';

export type RunOutcome =
  | { readonly status: 'completed'; readonly result: RunResult }
  | { readonly status: 'failed'; readonly error: ReplayError };

/** Executes the query of one run over its window; an error of the engine becomes the outcome, never an exception. */
export async function executeRun(
  run: RuleRun,
  query: PreparedQuery,
  rule: AnalyticsRule,
  raised?: RaisedRows,
): Promise<RunOutcome> {
  try {
    return { status: 'completed', result: await query.run(windowOf(run), raised) };
  } catch (error) {
    return { status: 'failed', error: describeQueryError('query-failed', error, rule) };
  }
}

/** What a run asks of the engine. */
export function windowOf({ nowMs, executedMs, window }: RuleRun): QueryWindow {
  const { fromMs, toMs, includes, by, longestDelayMs } = window;
  const shiftTicks = includes === 'from' ? 0n : 1n;
  return {
    fromTicks: ticksFromUnixMs(fromMs) + shiftTicks,
    toTicks: ticksFromUnixMs(toMs) + shiftTicks,
    nowTicks: ticksFromUnixMs(nowMs),
    executedTicks: ticksFromUnixMs(executedMs),
    by,
    ...(longestDelayMs === undefined ? {} : { longestDelayTicks: BigInt(longestDelayMs) * 10_000n }),
  };
}

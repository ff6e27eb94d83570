import type { AnalyticsRule } from './analytics-rule.ts';
import { formatTimeMs, type ReplayClock } from './clock.ts';
import { formatDurationMs } from './duration.ts';
import type { Disabling } from './failure-count.ts';
import type { TableUse } from './query-engine.ts';
import type { ReplayError } from './replay-error.ts';
import type { ReplayProblem, RunRecord } from './replay-result.ts';

export function problemOf(error: ReplayError, runs?: ReplayProblem['runs']): ReplayProblem {
  const { message, hint, file = '', line, column } = error;
  return { severity: 'error', message, hint, file, line, column, runs };
}

/** The errors of failed runs, one for each distinct message and place, in the order of their first run. */
export function failureProblems(runs: readonly RunRecord[]): readonly ReplayProblem[] {
  const distinct = new Map<string, { error: ReplayError; count: number; firstMs: number }>();
  for (const record of runs) {
    if (record.status !== 'failed') continue;
    const { error, run } = record;
    const key = JSON.stringify([error.message, error.line, error.column]);
    const known = distinct.get(key);
    if (known === undefined) distinct.set(key, { error, count: 1, firstMs: run.scheduledMs });
    else known.count++;
  }
  return [...distinct.values()].map(({ error, count, firstMs }) => problemOf(error, { count, firstMs }));
}

/** That Sentinel would have disabled the rule, where it would have. */
export function disabledProblem(rule: AnalyticsRule, disabling: Disabling | undefined): readonly ReplayProblem[] {
  if (disabling === undefined) return [];
  const { run, failures } = disabling;
  return [
    {
      severity: 'error',
      message: `AUTO DISABLED at ${formatTimeMs(run.executedMs)} after ${failures} permanent failures of one type in a row; no later run takes place`,
      hint: 'put the failure right; --assume autoDisable=never runs on without it',
      file: rule.file,
    },
  ];
}

/** That the clock has no run of the rule, so that nothing was looked at. */
export function noRunProblem(
  rule: AnalyticsRule,
  planned: number,
  { fromMs, toMs, nowMs }: ReplayClock,
): readonly ReplayProblem[] {
  if (planned > 0) return [];
  const now = nowMs === undefined ? '' : ` that is executed by ${formatTimeMs(nowMs)}`;
  return [
    {
      severity: 'error',
      message: `has no run from ${formatTimeMs(fromMs)} to ${formatTimeMs(toMs)}${now}`,
      hint: `it runs every ${formatDurationMs(rule.queryFrequencyMs)}: give an earlier --from, or a later --to, --start or --now`,
      file: rule.file,
    },
  ];
}

/** A note for each table that the query names and the logs do not have. */
export function absentTableProblems(rule: AnalyticsRule, tables: readonly TableUse[]): readonly ReplayProblem[] {
  return tables
    .filter(({ rowCount }) => rowCount === undefined)
    .map(({ name }) => ({
      severity: 'note',
      message: `reads ${name}, which is not in the logs: it counts as empty`,
      hint: `in files it is ${name}.ndjson, .csv, .json (also .gz) or .parquet; in a workspace its connector or diagnostic setting fills it`,
      file: rule.file,
    }));
}

/** A warning for each column that the rule takes from its results and that they do not have: Sentinel rejects this. */
export function missingColumnProblems(rule: AnalyticsRule, missing: ReadonlySet<string>): readonly ReplayProblem[] {
  return [...missing].sort().map((columnName) => ({
    severity: 'warning',
    message: `the query returns no column '${columnName}', which the rule's mappings or details take`,
    hint: 'return the column from the query, or take another; Sentinel refuses to save such a rule',
    file: rule.file,
  }));
}

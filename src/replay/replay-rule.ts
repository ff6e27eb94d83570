import type { AnalyticsRule } from './analytics-rule.ts';
import { defaultAssumptions } from './assumptions.ts';
import { type Alert, buildAlerts } from './build-alerts.ts';
import { executeRun } from './execute-run.ts';
import { absentTableProblems, failureProblems, missingColumnProblems, problemOf } from './problems.ts';
import type { PreparedQuery, QueryEngine, RunResult } from './query-engine.ts';
import { describeQueryError } from './query-error.ts';
import { ReplayError } from './replay-error.ts';
import type { ReplayOptions, RuleReplay, RunRecord } from './replay-result.ts';
import { columnsTaken } from './rule-columns.ts';
import { planRuns, type RuleRun } from './schedule.ts';
import { isSuppressed } from './suppression.ts';

/** Plans the runs of one rule and executes them in order; incidents need the alerts of all rules and come later. */
export async function replayRule(
  rule: AnalyticsRule,
  engine: QueryEngine,
  options: ReplayOptions,
): Promise<Omit<RuleReplay, 'incidents'>> {
  const prepared = prepareRule(rule, engine, options);
  if (prepared instanceof ReplayError) {
    return { rule, tables: [], runs: [], alerts: [], problems: [problemOf(prepared)] };
  }
  const { query, planned } = prepared;
  const { runs, alerts, missingColumns } = await executeRuns(rule, query, planned, options);
  const problems = [
    ...absentTableProblems(rule, query.tables),
    ...failureProblems(runs),
    ...missingColumnProblems(rule, missingColumns),
  ];
  return { rule, tables: query.tables, runs, alerts, problems };
}

type PreparedRule = { readonly query: PreparedQuery; readonly planned: readonly RuleRun[] };

/** What every run needs, or why none can take place. */
function prepareRule(rule: AnalyticsRule, engine: QueryEngine, options: ReplayOptions): PreparedRule | ReplayError {
  try {
    const planned = planRuns(rule, options.clock, options.assumptions);
    return { planned, query: engine.prepare(rule.query) };
  } catch (error) {
    return error instanceof ReplayError ? error : describeQueryError('query-rejected', error, rule);
  }
}

type ExecutedRuns = {
  readonly runs: readonly RunRecord[];
  readonly alerts: readonly Alert[];
  readonly missingColumns: ReadonlySet<string>;
};

async function executeRuns(
  rule: AnalyticsRule,
  query: PreparedQuery,
  planned: readonly RuleRun[],
  options: ReplayOptions,
): Promise<ExecutedRuns> {
  const assumptions = options.assumptions ?? defaultAssumptions;
  const report = (done: number): void => options.onProgress?.({ slug: rule.slug, done, total: planned.length });
  const runs: RunRecord[] = [];
  const alerts: Alert[] = [];
  const missingColumns = new Set<string>();
  let lastAlert: RuleRun | undefined;
  for (const run of planned) {
    report(runs.length);
    if (isSuppressed(run, lastAlert, rule, assumptions)) {
      runs.push({ run, status: 'suppressed' });
      continue;
    }
    const outcome = await executeRun(run, query, rule);
    if (outcome.status === 'failed') {
      runs.push({ run, ...outcome });
      continue;
    }
    const { result } = outcome;
    const raised = buildAlerts(result, rule, run, assumptions);
    const { rows, rowsScanned } = result;
    runs.push({ run, status: 'completed', results: rows.length, rowsScanned, alerts: raised.length });
    if (raised.length === 0) continue;
    alerts.push(...raised);
    lastAlert = run;
    for (const columnName of missingFrom(result, rule)) missingColumns.add(columnName);
  }
  report(runs.length);
  return { runs, alerts, missingColumns };
}

function missingFrom(result: RunResult, rule: AnalyticsRule): readonly string[] {
  const names = new Set(result.columns.map(({ name }) => name));
  return [...columnsTaken(rule)].filter((columnName) => !names.has(columnName));
}

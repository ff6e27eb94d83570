import type { AnalyticsRule } from './analytics-rule.ts';
import { defaultAssumptions, type ReplayAssumptions } from './assumptions.ts';
import { type Alert, buildAlerts } from './build-alerts.ts';
import { executeRun, type RunOutcome } from './execute-run.ts';
import { disablingFailures, permanentFailure } from './failure-kind.ts';
import { absentTableProblems, disabledProblem, failureProblems, missingColumnProblems, problemOf } from './problems.ts';
import type { PreparedQuery, QueryEngine, RaisedRows, RunResult, TableUse } from './query-engine.ts';
import { describeQueryError } from './query-error.ts';
import { ReplayError } from './replay-error.ts';
import type { ReplayOptions, RuleReplay, RunRecord } from './replay-result.ts';
import { columnsTaken } from './rule-columns.ts';
import { planRuns, type RuleRun } from './schedule.ts';
import { isSuppressed } from './suppression.ts';

/** One rule while it is replayed: its runs are stepped through in order of time by whoever holds the clock. */
export type RuleExecution = {
  readonly rule: AnalyticsRule;
  readonly tables: readonly TableUse[];
  /** Empty where the query is rejected: then no run can take place. */
  readonly planned: readonly RuleRun[];
  /** Executes the next planned run and returns the alerts that it raises. */
  readonly step: (run: RuleRun, raised?: RaisedRows) => Promise<readonly Alert[]>;
  /** What has happened so far. Incidents need the alerts of all rules and come later. */
  readonly replayed: () => Omit<RuleReplay, 'incidents'>;
};

export function prepareExecution(rule: AnalyticsRule, engine: QueryEngine, options: ReplayOptions): RuleExecution {
  try {
    const planned = planRuns(rule, options.clock, options.assumptions);
    return executionOf(rule, engine.prepare(rule.query), planned, options);
  } catch (error) {
    const reason = error instanceof ReplayError ? error : describeQueryError('query-rejected', error, rule);
    const replayed = { rule, tables: [], runs: [], alerts: [], problems: [problemOf(reason)] };
    return { rule, tables: [], planned: [], step: async () => [], replayed: () => replayed };
  }
}

function executionOf(
  rule: AnalyticsRule,
  query: PreparedQuery,
  planned: readonly RuleRun[],
  { assumptions = defaultAssumptions, onProgress }: ReplayOptions,
): RuleExecution {
  const report = (done: number): void => onProgress?.({ slug: rule.slug, done, total: planned.length });
  const runs: RunRecord[] = [];
  const alerts: Alert[] = [];
  const missingColumns = new Set<string>();
  const failures = createFailureCount(assumptions);
  let lastAlert: RuleRun | undefined;

  const complete = (run: RuleRun, result: RunResult): readonly Alert[] => {
    const raised = buildAlerts(result, rule, run, assumptions);
    const { rows, rowsScanned } = result;
    runs.push({ run, status: 'completed', results: rows.length, rowsScanned, alerts: raised.length });
    if (raised.length === 0) return raised;
    alerts.push(...raised);
    lastAlert = run;
    for (const columnName of missingFrom(result, rule)) missingColumns.add(columnName);
    return raised;
  };
  const step = async (run: RuleRun, raised?: RaisedRows): Promise<readonly Alert[]> => {
    if (failures.disabledBy() !== undefined) {
      runs.push({ run, status: 'disabled' });
      return [];
    }
    if (isSuppressed(run, lastAlert, rule, assumptions)) {
      runs.push({ run, status: 'suppressed' });
      return [];
    }
    const outcome = await executeRun(run, query, rule, raised);
    failures.count(run, outcome);
    if (outcome.status === 'completed') return complete(run, outcome.result);
    runs.push({ run, ...outcome });
    return [];
  };
  return {
    rule,
    tables: query.tables,
    planned,
    async step(run, raised) {
      if (runs.length === 0) report(0);
      const made = await step(run, raised);
      report(runs.length);
      return made;
    },
    replayed() {
      const problems = [
        ...absentTableProblems(rule, query.tables),
        ...failureProblems(runs),
        ...disabledProblem(rule, failures.disabledBy()),
        ...missingColumnProblems(rule, missingColumns),
      ];
      return { rule, tables: query.tables, runs, alerts, problems };
    },
  };
}

/** The failure that disabled a rule, and how many of its type came in a row. */
export type Disabling = { readonly run: RuleRun; readonly error: ReplayError; readonly failures: number };

type FailureCount = {
  readonly count: (run: RuleRun, outcome: RunOutcome) => void;
  readonly disabledBy: () => Disabling | undefined;
};

function createFailureCount(assumptions: Pick<ReplayAssumptions, 'autoDisable'>): FailureCount {
  const limit = disablingFailures(assumptions);
  let type: string | undefined;
  let inRow = 0;
  let disabling: Disabling | undefined;
  return {
    disabledBy: () => disabling,
    count(run, outcome) {
      const failure = outcome.status === 'failed' ? permanentFailure(outcome.error) : undefined;
      inRow = failure === undefined ? 0 : failure === type ? inRow + 1 : 1;
      type = failure;
      if (outcome.status === 'failed' && inRow === limit) disabling = { run, error: outcome.error, failures: inRow };
    },
  };
}

function missingFrom(result: RunResult, rule: AnalyticsRule): readonly string[] {
  const names = new Set(result.columns.map(({ name }) => name));
  return [...columnsTaken(rule)].filter((columnName) => !names.has(columnName));
}

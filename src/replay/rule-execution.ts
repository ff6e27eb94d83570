import type { AnalyticsRule } from './analytics-rule.ts';
import { defaultAssumptions, type ReplayAssumptions } from './assumptions.ts';
import { type Alert, buildAlerts } from './build-alerts.ts';
import { executeRun } from './execute-run.ts';
import { createFailureCount } from './failure-count.ts';
import {
  absentTableProblems,
  disabledProblem,
  failureProblems,
  missingColumnProblems,
  noRunProblem,
  problemOf,
} from './problems.ts';
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
    const { clock } = options;
    const startMs = clock.ruleStartsMs?.get(rule.slug) ?? clock.startMs;
    const planned = planRuns(rule, { ...clock, startMs }, options.assumptions);
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
  { assumptions = defaultAssumptions, clock, onProgress }: ReplayOptions,
): RuleExecution {
  const report = (done: number): void => onProgress?.({ slug: rule.slug, done, total: planned.length });
  const record = createRunRecords(rule, assumptions);
  const failures = createFailureCount(assumptions);
  const step = async (run: RuleRun, raised?: RaisedRows): Promise<readonly Alert[]> => {
    if (failures.disabledBy() !== undefined) return record.skip(run, 'disabled');
    if (isSuppressed(run, record.lastAlert(), rule, assumptions)) return record.skip(run, 'suppressed');
    const outcome = await executeRun(run, query, rule, raised);
    failures.count(run, outcome);
    return outcome.status === 'failed' ? record.fail(run, outcome.error) : record.complete(run, outcome.result);
  };
  const { runs, alerts } = record;
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
        ...noRunProblem(rule, planned.length, clock),
        ...absentTableProblems(rule, query.tables),
        ...failureProblems(runs),
        ...disabledProblem(rule, failures.disabledBy()),
        ...missingColumnProblems(rule, record.missingColumns),
      ];
      return { rule, tables: query.tables, runs, alerts, problems };
    },
  };
}

/** What became of the runs of a rule so far; each of the functions takes the next run and returns what it raised. */
type RunRecords = {
  readonly runs: readonly RunRecord[];
  readonly alerts: readonly Alert[];
  /** Columns that alerts take and results do not have. */
  readonly missingColumns: ReadonlySet<string>;
  readonly lastAlert: () => RuleRun | undefined;
  readonly skip: (run: RuleRun, status: 'suppressed' | 'disabled') => readonly Alert[];
  readonly fail: (run: RuleRun, error: ReplayError) => readonly Alert[];
  readonly complete: (run: RuleRun, result: RunResult) => readonly Alert[];
};

function createRunRecords(rule: AnalyticsRule, assumptions: ReplayAssumptions): RunRecords {
  const runs: RunRecord[] = [];
  const alerts: Alert[] = [];
  const missingColumns = new Set<string>();
  const raisedNothing = (record: RunRecord): readonly Alert[] => {
    runs.push(record);
    return [];
  };
  return {
    runs,
    alerts,
    missingColumns,
    lastAlert: () => alerts.at(-1)?.run,
    skip: (run, status) => raisedNothing({ run, status }),
    fail: (run, error) => raisedNothing({ run, status: 'failed', error }),
    complete(run, result) {
      const raised = buildAlerts(result, rule, run, assumptions);
      const { rows, rowsScanned } = result;
      runs.push({ run, status: 'completed', results: rows.length, rowsScanned, alerts: raised.length });
      alerts.push(...raised);
      if (raised.length > 0) for (const columnName of missingFrom(result, rule)) missingColumns.add(columnName);
      return raised;
    },
  };
}

function missingFrom(result: RunResult, rule: AnalyticsRule): readonly string[] {
  const names = new Set(result.columns.map(({ name }) => name));
  return [...columnsTaken(rule)].filter((columnName) => !names.has(columnName));
}

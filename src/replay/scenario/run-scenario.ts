import { type Catalog, type Schemas, ticksFromUnixMs } from '../../kql/index.ts';
import { inWorkspace } from '../../sentinel/workspace.ts';
import type { Alert } from '../build-alerts.ts';
import { formatTimeMs } from '../clock.ts';
import { windowOf } from '../execute-run.ts';
import { createKqlQueryEngine, type QueryPlans } from '../kql-query-engine.ts';
import { logTable } from '../log-table.ts';
import { problemOf } from '../problems.ts';
import type { QueryEngine } from '../query-engine.ts';
import type { RuleFile } from '../read-rules.ts';
import { replay } from '../replay.ts';
import { ReplayError } from '../replay-error.ts';
import type { ReplayProblem, RuleReplay } from '../replay-result.ts';
import { checkExpectation } from './check-expectation.ts';
import { compareAlert, compareIncident } from './compare-alert.ts';
import { type Difference, differencesOf, matchExpected } from './difference.ts';
import { keepLatest } from './keep-latest.ts';
import type { ExpectedAlert, Scenario } from './scenario.ts';
import { collectEvidence } from './scenario-evidence.ts';
import { findSilencing, measureScenario } from './scenario-margin.ts';
import type { ScenarioResult, ScenarioRun } from './scenario-result.ts';
import { createTableBuilder, type ScenarioTables } from './scenario-tables.ts';
import type { TrafficLibrary } from './traffic-library.ts';

/**
 * How much is wanted: whether it passes; also the rows that differences are about; also how far the thresholds of the
 * rule were, which runs the query some more times.
 */
export type RunDetail = 'verdict' | 'evidence' | 'margins';

export type ScenarioRunner = {
  /**
   * Runs a scenario on rules by slug, through the same code as `pack replay`. Whatever is wrong with the scenario or a
   * rule is in the result; nothing is thrown.
   */
  readonly run: (
    scenario: Scenario,
    rules: ReadonlyMap<string, RuleFile>,
    detail: RunDetail,
  ) => Promise<ScenarioResult>;
};

/** So many planned queries are kept: a run of mutants has thousands that nobody asks for again. */
const MAX_PLANS = 200;

/**
 * Runs scenarios one after the other; backgrounds and planned queries are kept for the next time.
 * @param keptLogs of so many scenarios the logs are kept too, some 10 MB each: for who runs the same ones again and again
 */
export function createScenarioRunner(schemas: Schemas, library: TrafficLibrary, keptLogs = 1): ScenarioRunner {
  const buildTables = createTableBuilder(schemas, library);
  const tablesOf = keepLatest<Scenario, ScenarioTables>(keptLogs);
  const plans: QueryPlans = new Map();
  const planning = emptyTables(schemas);
  return {
    async run(scenario, rules, detail) {
      if (plans.size > MAX_PLANS) plans.clear();
      const { rule, name, file } = scenario;
      try {
        const logs = tablesOf(scenario, () => buildTables(scenario));
        const engine = createKqlQueryEngine(logs.tables, schemas, { plans, planning });
        const run = await runOver(scenario, rules, { logs, engine, detail });
        const failures = [run.alertDifferences, run.incidentDifferences, run.problems];
        const status = failures.every(({ length }) => length === 0) ? 'passed' : 'failed';
        return { rule, name, file, status, ...run };
      } catch (error) {
        if (!(error instanceof ReplayError)) throw error;
        return { rule, name, file, status: 'broken', problem: problemOf(error) };
      }
    },
  };
}

/** The tables of a scenario have the columns of their schemas, so a query is the same over them as over empty ones. */
const emptyTables = (schemas: Schemas): Catalog => inWorkspace({ tables: new Map() }, schemas);

type Surroundings = {
  readonly logs: ScenarioTables;
  readonly engine: QueryEngine;
  readonly detail: RunDetail;
};

async function runOver(
  scenario: Scenario,
  rules: ReadonlyMap<string, RuleFile>,
  { logs, engine, detail }: Surroundings,
): Promise<ScenarioRun> {
  const { clock, assumptions, closeAfterMs, expect } = scenario;
  const slugs = new Set([scenario.rule, ...scenario.alongside]);
  const files = [...slugs].map((slug) => ruleFile(slug, rules, scenario));
  const result = await replay(files, engine, { clock, assumptions, closeAfterMs });
  const own = result.rules.find(({ rule }) => rule.slug === scenario.rule);
  const problems = [...result.problems, ...result.rules.flatMap((one) => one.problems)].filter(
    ({ severity }) => severity !== 'note',
  );
  if (own === undefined) return { ...silent(scenario), problems };
  checkExpectation(scenario, own.rule);
  // Of a rule that cannot run, what is missing is of no interest.
  if (isRejected(own)) return { ...silent(scenario), problems };
  checkLooksAtRows(scenario, result.rules, logs);
  const alertDifferences = differencesOf(matchExpected(expect.alerts, own.alerts, compareAlert), compareAlert);
  const matched =
    expect.incidents === undefined ? undefined : matchExpected(expect.incidents, own.incidents, compareIncident);
  return {
    scenario,
    alerts: own.alerts,
    incidents: own.incidents,
    alertDifferences,
    incidentDifferences: matched === undefined ? [] : differencesOf(matched, compareIncident),
    problems,
    evidence: detail === 'verdict' ? [] : await collectEvidence(own, logs, runsInQuestion(alertDifferences, own)),
    ...(detail === 'margins' ? await explain(scenario, own, engine) : unexplained),
  };
}

const isRejected = ({ runs, problems }: RuleReplay): boolean =>
  runs.length === 0 && problems.some(({ severity }) => severity === 'error');

const unexplained = { margins: undefined, conditions: undefined } as const;

const silent = (scenario: Scenario): Omit<ScenarioRun, 'problems'> => ({
  scenario,
  alerts: [],
  incidents: [],
  alertDifferences: [],
  incidentDifferences: [],
  evidence: [],
  ...unexplained,
});

function ruleFile(slug: string, rules: ReadonlyMap<string, RuleFile>, { file, positions }: Scenario): RuleFile {
  const found = rules.get(slug);
  if (found !== undefined) return found;
  const hint = rules.size === 0 ? 'run: npm run -s pack -- generate' : `the rules are ${[...rules.keys()].join(', ')}`;
  throw new ReplayError('scenario-unknown', `there is no rule '${slug}'`, { file, ...positions.rule, hint });
}

/**
 * A scenario whose rows no run looks at, of its rule or of one beside it, proves nothing: it is silent whatever the rule
 * says. Neither does a step that comes when everything is over; one that is too old for a rule may be meant so.
 * @throws ReplayError `scenario-contradiction`
 */
function checkLooksAtRows({ file, positions }: Scenario, rules: readonly RuleReplay[], logs: ScenarioTables): void {
  const completed = rules.filter(({ runs }) => runs.some(({ status }) => status === 'completed'));
  const lastMs = Math.max(...rules.flatMap(({ runs }) => runs.map(({ run }) => run.executedMs)));
  const late = logs.given.find(({ firstTicks }) => firstTicks !== undefined && firstTicks > ticksFromUnixMs(lastMs));
  if (late !== undefined && completed.length > 0) {
    const message = `this happens after the last run, which is executed at ${formatTimeMs(lastMs)}`;
    const hint = 'correct its time, or let the clock go on';
    throw new ReplayError('scenario-contradiction', message, { file, ...late.position, hint });
  }
  if (completed.length === 0 || completed.some((rule) => looksAtRows(rule, logs))) return;
  const names = new Set(rules.flatMap(({ tables }) => tables.map(({ name }) => name)));
  const hint = `it reads ${[...names].sort().join(', ')}: give rows of these, in the window of a run of the clock`;
  const message = 'no run of the rule looks at any row that the scenario gives';
  throw new ReplayError('scenario-contradiction', message, { file, ...positions.clock, hint });
}

function looksAtRows({ tables, runs }: RuleReplay, logs: ScenarioTables): boolean {
  const given = logs.own.size > 0 ? logs.own : logs.tables;
  const read = tables.flatMap(({ name }) => given.get(name) ?? []).map(logTable);
  return runs.some(
    ({ run, status }) =>
      status === 'completed' && read.some((table) => table.visibleIn(windowOf(run), []).rowCount > 0),
  );
}

/** The times of the runs that differences are about; for an alert that is missing without a time, those of all runs. */
function runsInQuestion(
  differences: readonly Difference<ExpectedAlert, Alert>[],
  { runs }: RuleReplay,
): ReadonlySet<number> {
  const times = runs.map(({ run }) => run.executedMs);
  return new Set(
    differences.flatMap((difference) => {
      const created = difference.kind === 'missing' ? [] : [difference.actual.createdMs];
      if (difference.kind === 'unexpected') return created;
      const { atMs, betweenMs } = difference.expected;
      const [firstMs, lastMs] = betweenMs ?? [atMs ?? times[0] ?? 0, atMs ?? times.at(-1) ?? 0];
      const expected = times.filter((timeMs) => timeMs >= firstMs && timeMs <= lastMs);
      return difference.kind === 'missing' || atMs !== undefined ? [...created, ...expected] : created;
    }),
  );
}

/** How far the thresholds were. Rows that rules raise are no part of the logs, so a rule that reads those of others is left out. */
async function explain(
  scenario: Scenario,
  { rule, runs, alerts }: RuleReplay,
  engine: QueryEngine,
): Promise<Pick<ScenarioRun, 'margins' | 'conditions'>> {
  if (scenario.alongside.length > 0) return unexplained;
  const { thresholds, conditions } = engine.prepare(rule.query);
  const margins = await measureScenario(thresholds?.() ?? [], runs);
  const isExplained = alerts.length > 0 || margins.some(({ side, decides }) => side === 'misses' && decides);
  return { margins, conditions: isExplained ? [] : await findSilencing(conditions?.() ?? [], runs) };
}

/** A problem of reading a scenario as its result. */
export function brokenScenario(file: string, error: ReplayError): ScenarioResult {
  const [rule = '', name = ''] = file.split(/[\\/]/).slice(-3, -1);
  const problem: ReplayProblem = problemOf(error);
  return { rule, name, file, status: 'broken', problem };
}

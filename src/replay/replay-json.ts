import { formatDatetime } from '../kql/index.ts';
import { readAlertFigures } from './alert-figures.ts';
import type { Alert } from './build-alerts.ts';
import { formatTimeMs } from './clock.ts';
import type { Incident } from './incidents.ts';
import type { ReplayProblem, ReplayResult, RuleReplay, RunRecord } from './replay-result.ts';
import { summarizeRule } from './summarize-replay.ts';

/**
 * The outcome of a replay as JSON for programs, times as text in UTC. It holds no time of the machine, so the same
 * replay gives the same bytes.
 * @param allRuns lists every run instead of their numbers only
 * @param further what else is known of the replay, under keys of its own
 */
export function formatReplayJson(result: ReplayResult, allRuns: boolean, further: object = {}): string {
  const { clock, rules, problems } = result;
  const document = {
    from: formatTimeMs(clock.fromMs),
    to: formatTimeMs(clock.toMs),
    assumptions: result.assumptions,
    rules: rules.map((rule) => ruleJson(rule, allRuns)),
    problems: problems.map(problemJson),
    ...further,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function ruleJson(replayed: RuleReplay, allRuns: boolean): object {
  const { rule, tables, runs, alerts, incidents, problems } = replayed;
  const { planned, completed, failed, suppressed, disabled, rowsScanned } = summarizeRule(replayed);
  return {
    slug: rule.slug,
    id: rule.id,
    name: rule.name,
    kind: rule.kind,
    tables: tables.map(({ name, rowCount }) => ({ name, rowCount: rowCount ?? null })),
    runs: {
      planned,
      completed,
      failed,
      suppressed,
      disabled,
      rowsScanned: rowsScanned ?? null,
      ...(allRuns ? { list: runs.map(runJson) } : {}),
    },
    alerts: alerts.map(alertJson),
    incidents: incidents.map(incidentJson),
    problems: problems.map(problemJson),
  };
}

function runJson(record: RunRecord): object {
  const { run, status } = record;
  const times = { scheduled: formatTimeMs(run.scheduledMs), executed: formatTimeMs(run.executedMs), status };
  if (record.status === 'failed') return { ...times, error: record.error.message };
  if (record.status !== 'completed') return times;
  return { ...times, results: record.results, rowsScanned: record.rowsScanned ?? null, alerts: record.alerts };
}

function alertJson(alert: Alert): object {
  return {
    id: alert.id,
    created: formatTimeMs(alert.createdMs),
    scheduled: formatTimeMs(alert.run.scheduledMs),
    start: formatDatetime(alert.startTicks),
    end: formatDatetime(alert.endTicks),
    scope: alert.scope,
    name: alert.name,
    description: alert.description,
    severity: alert.severity,
    tactics: alert.tactics,
    results: alert.results.rows.length,
    figures: readAlertFigures(alert),
    customDetails: alert.customDetails,
    properties: alert.properties,
    entities: alert.entities.map(({ type, identifiers }) => ({ type, ...identifiers })),
    cutOff: alert.cutOff,
  };
}

const incidentJson = (incident: Incident): object => ({
  number: incident.number,
  title: incident.title,
  severity: incident.severity,
  status: incident.status,
  created: formatTimeMs(incident.createdMs),
  modified: formatTimeMs(incident.modifiedMs),
  closed: incident.closedMs === undefined ? null : formatTimeMs(incident.closedMs),
  reopenings: incident.reopenings,
  alerts: incident.alerts.map(({ id }) => id),
});

function problemJson(problem: ReplayProblem): object {
  const { severity, message, hint, file, line, column, runs } = problem;
  const inRuns = runs === undefined ? undefined : { count: runs.count, first: formatTimeMs(runs.firstMs) };
  return { severity, message, hint, file, line, column, runs: inRuns };
}

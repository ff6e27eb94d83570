import type { Alert } from '../build-alerts.ts';
import { formatTimeMs } from '../clock.ts';
import type { Incident } from '../incidents.ts';
import { entityTypeName } from './compare-alert.ts';
import type { Difference } from './difference.ts';
import type { RunEvidence } from './scenario-evidence.ts';
import type { ScenarioMargin } from './scenario-margin.ts';
import type { ScenarioResult } from './scenario-result.ts';

/** The results as JSON for programs, times as text in UTC; the same rules and scenarios give the same bytes. */
export function formatScenariosJson(results: readonly ScenarioResult[]): string {
  const count = (status: ScenarioResult['status']): number =>
    results.filter((result) => result.status === status).length;
  const document = {
    passed: count('passed'),
    failed: count('failed'),
    broken: count('broken'),
    scenarios: results.map(scenarioJson),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function scenarioJson(result: ScenarioResult): object {
  const { rule, name, file, status } = result;
  if (result.status === 'broken') return { rule, name, file, status, problems: [result.problem] };
  return {
    rule,
    name,
    file,
    status,
    description: result.scenario.description,
    alerts: result.alerts.map(alertJson),
    incidents: result.incidents.map(incidentJson),
    differences: {
      alerts: result.alertDifferences.map((difference) => differenceJson(difference, alertJson)),
      incidents: result.incidentDifferences.map((difference) => differenceJson(difference, incidentJson)),
    },
    problems: result.problems,
    evidence: result.evidence.map(evidenceJson),
    margins: result.margins?.map(marginJson),
    conditions: result.conditions?.map(({ text, scheduledMs }) => ({ text, run: formatTimeMs(scheduledMs) })),
  };
}

const alertJson = ({ createdMs, severity, name, tactics, entities, customDetails }: Alert): object => ({
  at: formatTimeMs(createdMs),
  severity,
  title: name,
  tactics,
  entities: entities.map(({ type, identifiers }) => ({ [entityTypeName(type)]: identifiers })),
  details: customDetails,
});

const incidentJson = ({ createdMs, title, severity, status, alerts }: Incident): object => ({
  at: formatTimeMs(createdMs),
  title,
  severity,
  status,
  alerts: alerts.length,
});

function differenceJson<Actual>(difference: Difference<unknown, Actual>, toJson: (actual: Actual) => object): object {
  const { kind } = difference;
  switch (difference.kind) {
    case 'missing':
      return { kind, expectation: difference.place + 1 };
    case 'unexpected':
      return { kind, actual: toJson(difference.actual) };
    case 'different':
      return { kind, expectation: difference.place + 1, fields: difference.fields };
    default:
      return difference satisfies never;
  }
}

const evidenceJson = ({ run, tables, results, resultCount }: RunEvidence): object => ({
  scheduled: formatTimeMs(run.scheduledMs),
  executed: formatTimeMs(run.executedMs),
  tables,
  resultCount,
  results,
});

const marginJson = (margin: ScenarioMargin): object => ({
  threshold: margin.threshold,
  side: margin.side,
  value: margin.value,
  limit: margin.limit,
  distance: margin.distance,
  relative: Number(margin.relative.toPrecision(6)),
  decides: margin.decides,
  run: formatTimeMs(margin.scheduledMs),
  row: margin.row,
});

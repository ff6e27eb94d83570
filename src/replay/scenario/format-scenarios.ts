import type { Alert } from '../build-alerts.ts';
import { formatTimeMs } from '../clock.ts';
import { formatProblem } from '../format-replay.ts';
import type { Incident } from '../incidents.ts';
import { printable } from '../printable.ts';
import { formatTextTable } from '../text-table.ts';
import { entityTypeName } from './compare-alert.ts';
import type { Difference } from './difference.ts';
import { formatCondition, formatMargin, formatMarginRow } from './format-margin.ts';
import { groupFailures } from './group-failures.ts';
import type { ExpectedAlert, ExpectedIncident } from './scenario.ts';
import type { RunEvidence, TextRow } from './scenario-evidence.ts';
import { mainMargin } from './scenario-margin.ts';
import type { ScenarioResult, ScenarioRun } from './scenario-result.ts';

export type ScenarioFormat = {
  /** Lists every margin of every scenario, not only the one that says most. */
  readonly allMargins: boolean;
};

/** The results for a terminal: a line for each scenario by rule, what failed and why, and the numbers. */
export const formatScenarios = (results: readonly ScenarioResult[], format: ScenarioFormat): string =>
  `${formatLists(results, format)}\n\n${formatCounts(results)}\n`;

/** The results without their numbers. */
export function formatLists(results: readonly ScenarioResult[], format: ScenarioFormat): string {
  const rules = [...new Set(results.map(({ rule }) => rule))];
  const lists = rules.map((rule) =>
    formatRule(
      rule,
      results.filter((result) => result.rule === rule),
      format,
    ),
  );
  const failures = groupFailures(results).map(({ result, others }) =>
    others.length === 0 ? formatFailure(result) : `${formatFailure(result)}\n  the same in ${others.join(', ')}`,
  );
  return [...lists, ...failures].join('\n\n');
}

export function formatCounts(results: readonly ScenarioResult[]): string {
  const count = (status: ScenarioResult['status']): number =>
    results.filter((result) => result.status === status).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('broken')} broken`;
}

function formatRule(rule: string, results: readonly ScenarioResult[], { allMargins }: ScenarioFormat): string {
  const words = { passed: 'ok', failed: 'FAILED', broken: 'BROKEN' } as const;
  const rows = results.map((result) => [`  ${words[result.status]}`, result.name, outcomeOf(result), marginOf(result)]);
  const columns = ['', '', '', ''].map((title) => ({ title, align: 'left' }) as const);
  const lines = formatTextTable(columns, rows).split('\n').slice(1);
  const withMargins = lines.flatMap((line, index) => [
    line,
    ...(allMargins ? marginLines(results[index] as ScenarioResult) : []),
  ]);
  return [rule, ...withMargins].join('\n');
}

function outcomeOf(result: ScenarioResult): string {
  if (result.status === 'broken') return '';
  const { length } = result.alerts;
  if (!couldRun(result)) return 'no run';
  return length === 0 ? 'silent' : `${length} ${length === 1 ? 'alert' : 'alerts'}`;
}

/** A problem without runs is one of the rule itself, or follows from those that have runs. */
const couldRun = ({ problems }: ScenarioRun): boolean =>
  problems.every(({ severity }) => severity !== 'error') || problems.some(({ runs }) => runs !== undefined);

function marginOf(result: ScenarioResult): string {
  if (result.status === 'broken' || result.margins === undefined) return '';
  const [condition] = result.conditions ?? [];
  if (condition !== undefined) return formatCondition(condition);
  const margin = mainMargin(result.margins, result.alerts.length > 0);
  return margin === undefined ? '' : formatMargin(margin);
}

const marginLines = (result: ScenarioResult): readonly string[] =>
  result.status === 'broken' ? [] : explanationLines(result).map((line) => `          ${line}`);

/** Why a scenario failed: what differs, the rows that mattered, and how far the thresholds were. */
export function formatFailure(result: ScenarioResult): string {
  const { rule, name, file } = result;
  const head = `${result.status === 'broken' ? 'BROKEN' : 'FAILED'} ${rule}/${name}`;
  if (result.status === 'broken') return `${head}\n  ${indent(formatProblem(result.problem))}`;
  return [
    head,
    `  ${file}`,
    `  ${printable(result.scenario.description)}`,
    ...result.problems.map((problem) => `  ${indent(formatProblem(problem))}`),
    ...result.alertDifferences.map((difference) => formatDifference('alert', difference, expectedAlert, actualAlert)),
    ...result.incidentDifferences.map((difference) =>
      formatDifference('incident', difference, expectedIncident, actualIncident),
    ),
    ...result.evidence.map(formatEvidence),
    ...formatMargins(result),
  ].join('\n');
}

const indent = (text: string): string => text.replaceAll('\n', '\n  ');

type Facts = readonly (readonly [field: string, text: string])[];

/** As a diff: `-` is expected, `+` is what there is. */
function formatDifference<Expected, Actual>(
  what: 'alert' | 'incident',
  difference: Difference<Expected, Actual>,
  factsOf: (expected: Expected) => Facts,
  actualFacts: (actual: Actual) => Facts,
): string {
  switch (difference.kind) {
    case 'missing':
      return diffLines(`missing: ${what} ${difference.place + 1}`, factsOf(difference.expected), []);
    case 'unexpected':
      return diffLines(`unexpected: ${what}`, [], actualFacts(difference.actual));
    case 'different': {
      const { fields, place } = difference;
      const lines = fields.flatMap(({ field, expected, actual }) => [
        diffLine('-', field, expected),
        diffLine('+', field, actual),
      ]);
      return [`  different: ${what} ${place + 1}`, ...lines].join('\n');
    }
    default:
      return difference satisfies never;
  }
}

const diffLines = (title: string, expected: Facts, actual: Facts): string =>
  [
    `  ${title}`,
    ...expected.map(([field, text]) => diffLine('-', field, text)),
    ...actual.map(([field, text]) => diffLine('+', field, text)),
  ].join('\n');

const diffLine = (sign: string, field: string, text: string): string =>
  `    ${sign} ${field.padEnd(18)} ${printable(text)}`.trimEnd();

function expectedAlert(expected: ExpectedAlert): Facts {
  const { atMs, betweenMs, entities, details } = expected;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['at', atMs === undefined ? undefined : formatTimeMs(atMs)],
    ['between', betweenMs?.map(formatTimeMs).join(' and ')],
    ['severity', expected.severity],
    ['title', expected.title],
    [
      'entities',
      entities?.map(({ type, identifiers }) => `${type} ${Object.values(identifiers).join(' ')}`).join(', '),
    ],
    ...Object.entries(details ?? {}).map(([key, values]) => [key, values.join(', ')] as const),
  ];
  return facts.flatMap(([field, text]) => (text === undefined ? [] : [[field, text] as const]));
}

const actualAlert = (alert: Alert): Facts => [
  ['at', formatTimeMs(alert.createdMs)],
  ['severity', alert.severity],
  ['title', alert.name],
  [
    'entities',
    alert.entities
      .map(({ type, identifiers }) => `${entityTypeName(type)} ${Object.values(identifiers).join(' ')}`)
      .join(', '),
  ],
  ...Object.entries(alert.customDetails).map(([key, values]) => [key, values.join(', ')] as const),
];

function expectedIncident({ atMs, title, severity, status, alerts }: ExpectedIncident): Facts {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['at', atMs === undefined ? undefined : formatTimeMs(atMs)],
    ['title', title],
    ['severity', severity],
    ['status', status],
    ['alerts', alerts === undefined ? undefined : String(alerts)],
  ];
  return facts.flatMap(([field, text]) => (text === undefined ? [] : [[field, text] as const]));
}

const actualIncident = (incident: Incident): Facts => [
  ['at', formatTimeMs(incident.createdMs)],
  ['title', incident.title],
  ['severity', incident.severity],
  ['status', incident.status],
  ['alerts', String(incident.alerts.length)],
];

function formatEvidence({ run, tables, results, resultCount }: RunEvidence): string {
  const looked = tables.flatMap(({ name, rows, own, sample }) => [
    `    looked at ${name}: ${rows} rows, ${own} of them the scenario's${sample.length === 0 ? '' : ', the last'}`,
    ...sample.map(({ TimeGenerated = '', ...row }) => formatRow({ TimeGenerated, ...row })),
  ]);
  const found = `    found ${resultCount} ${resultCount === 1 ? 'result' : 'results'}${results.length < resultCount ? ', the first' : ''}`;
  return [`  run of ${formatTimeMs(run.scheduledMs)}`, ...looked, found, ...results.map(formatRow)].join('\n');
}

const ROW_CHARACTERS = 400;
const CELL_CHARACTERS = 60;

function formatRow(row: TextRow): string {
  const text = Object.entries(row)
    .map(([name, value]) => `${name} ${shortenCell(value)}`)
    .join(' · ');
  return `      ${printable(text.length > ROW_CHARACTERS ? `${text.slice(0, ROW_CHARACTERS - 1)}…` : text)}`;
}

/** Without its middle: what tells ids of resources apart stands at their end. */
const shortenCell = (text: string): string =>
  text.length <= CELL_CHARACTERS ? text : `${text.slice(0, 20)}…${text.slice(21 - CELL_CHARACTERS)}`;

function formatMargins(run: ScenarioRun): readonly string[] {
  const lines = explanationLines(run);
  return lines.length === 0 ? [] : ['  margins', ...lines.map((line) => `    ${line}`)];
}

function explanationLines({ margins = [], conditions = [] }: ScenarioRun): readonly string[] {
  return [
    ...margins.flatMap((margin) => [formatMargin(margin), `  ${formatMarginRow(margin)}`]),
    ...conditions.map(
      (condition) => `${formatCondition(condition)} in the run of ${formatTimeMs(condition.scheduledMs)}`,
    ),
  ];
}

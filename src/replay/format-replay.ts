import type { Alert } from './build-alerts.ts';
import { formatTimeMs } from './clock.ts';
import { printable } from './printable.ts';
import type { ReplayProblem, ReplayResult, RuleReplay } from './replay-result.ts';
import { type RuleSummary, summarizeRule } from './summarize-replay.ts';
import { formatTextTable, type TextColumn } from './text-table.ts';

const REASON_CHARACTERS = 60;
const DETAIL_CHARACTERS = 160;

const columns: readonly TextColumn[] = [
  { title: 'rule', align: 'left' },
  { title: 'runs', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'rows scanned', align: 'right' },
  { title: 'alerts', align: 'right' },
  { title: 'incidents', align: 'right' },
  { title: 'first alert', align: 'left' },
  { title: 'observed against baseline', align: 'left' },
];

export type ReplayFormat = {
  /** So many alerts of each rule are listed, and the number of the others told. */
  readonly alertsPerRule: number;
  /** How long each rule took on this machine, by slug; undefined: not shown. */
  readonly elapsedMs?: ReadonlyMap<string, number>;
};

/** The outcome of a replay for a terminal: a line for each rule, the alerts with their reasons, the problems. */
export function formatReplay(result: ReplayResult, format: ReplayFormat): string {
  const { clock, rules, problems } = result;
  const { alertsPerRule, elapsedMs } = format;
  const all = [...problems, ...rules.flatMap((rule) => rule.problems)];
  return [
    `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} from ${formatTimeMs(clock.fromMs)} to ${formatTimeMs(clock.toMs)}`,
    formatSummaries(rules.map(summarizeRule), elapsedMs),
    ...(alertsPerRule === 0 ? [] : rules.filter(({ alerts }) => alerts.length > 0)).map((rule) =>
      formatAlerts(rule, alertsPerRule),
    ),
    ...(all.length === 0 ? [] : [all.map(formatProblem).join('\n')]),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function formatSummaries(summaries: readonly RuleSummary[], elapsedMs: ReplayFormat['elapsedMs']): string {
  if (elapsedMs === undefined) return formatTextTable(columns, summaries.map(summaryCells));
  const timed = [...columns.slice(0, 4), { title: 'time', align: 'right' } as const, ...columns.slice(4)];
  const rows = summaries.map((summary) => {
    const cells = summaryCells(summary);
    const seconds = ((elapsedMs.get(summary.slug) ?? 0) / 1000).toFixed(1);
    return [...cells.slice(0, 4), `${seconds} s`, ...cells.slice(4)];
  });
  return formatTextTable(timed, rows);
}

const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

function shorten(text: string, limit: number): string {
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : text;
}

function summaryCells(summary: RuleSummary): readonly string[] {
  const { slug, planned, failed, suppressed, disabled, rowsScanned, alerts, incidents, firstAlertMs, reason } = summary;
  const missed = [
    ...(suppressed === 0 ? [] : [`${formatCount(suppressed)} suppressed`]),
    ...(disabled === 0 ? [] : [`${formatCount(disabled)} disabled`]),
  ];
  return [
    slug,
    formatCount(planned) + (missed.length === 0 ? '' : ` (${missed.join(', ')})`),
    formatCount(failed),
    rowsScanned === undefined ? '' : formatCount(rowsScanned),
    formatCount(alerts),
    formatCount(incidents),
    firstAlertMs === undefined ? '' : formatTimeMs(firstAlertMs),
    shorten(printable(reason), REASON_CHARACTERS),
  ];
}

function formatAlerts({ rule, alerts }: RuleReplay, limit: number): string {
  const more = alerts.length - limit;
  return [
    `${rule.slug}: ${alerts.length} ${alerts.length === 1 ? 'alert' : 'alerts'}`,
    ...alerts.slice(0, limit).map(formatAlert),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ].join('\n');
}

function formatAlert(alert: Alert): string {
  const details = Object.entries(alert.customDetails)
    .filter(([, values]) => values.length > 0)
    .map(([key, values]) => `${key} ${values.slice(0, 3).join(', ')}${values.length > 3 ? ', …' : ''}`)
    .join(' · ');
  const entities = alert.entities
    .slice(0, 3)
    .map(({ type, identifiers }) => `${type} ${Object.values(identifiers).join(' ')}`)
    .join(' · ');
  const entityCount = alert.entities.length > 3 ? ` · … (${alert.entities.length})` : '';
  return [
    `  ${formatTimeMs(alert.createdMs)}  ${alert.severity.padEnd(13)}  ${shorten(printable(alert.name), 120)}`,
    ...(details === '' ? [] : [`      ${shorten(printable(details), DETAIL_CHARACTERS)}`]),
    ...(entities === '' ? [] : [`      ${shorten(printable(entities + entityCount), DETAIL_CHARACTERS)}`]),
    ...alert.cutOff.map((sentence) => `      cut off: ${sentence}`),
  ].join('\n');
}

/** `rule.yaml:12:5: error: what (in 3 runs, first 2026-03-24T11:00:00Z)` and the hint below it. */
export function formatProblem(problem: ReplayProblem): string {
  const { severity, message, hint, file, line, column, runs } = problem;
  const place = [file, line, column].filter((part) => part !== undefined && part !== '').join(':');
  const count =
    runs === undefined
      ? ''
      : ` (in ${runs.count} ${runs.count === 1 ? 'run' : 'runs'}, first ${formatTimeMs(runs.firstMs)})`;
  const head = `${place === '' ? '' : `${place}: `}${severity}: ${printable(message)}${count}`;
  return hint === undefined ? head : `${head}\n    ${printable(hint)}`;
}

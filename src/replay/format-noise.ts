import { formatTimeMs } from './clock.ts';
import type { NearestMiss, RuleMisses } from './nearest-misses.ts';
import { printable } from './printable.ts';
import type { ReplayResult } from './replay-result.ts';
import {
  countEntities,
  countNoise,
  type EntityNoise,
  type NoiseByDay,
  type RuleCost,
  summarizeCost,
} from './summarize-noise.ts';
import { formatTextTable, type TextColumn } from './text-table.ts';

const ENTITY_CHARACTERS = 70;
const TITLE_CHARACTERS = 90;
const MISSES_PER_RULE = 3;
const ROW_CHARACTERS = 160;
const CELL_CHARACTERS = 40;

/** The parts of a replay's outcome that help to judge rules: noise, entities, cost, and how near the quiet rules came. */
export function formatNoise(result: ReplayResult, misses: readonly RuleMisses[], topCount: number): string {
  const entities = countEntities(result);
  const parts = [
    ...formatDays(countNoise(result)),
    ...formatIncidents(result, topCount),
    ...(entities.length === 0 || topCount === 0 ? [] : [formatEntities(entities, topCount)]),
    formatCost(summarizeCost(result)),
    ...misses.map(formatMisses),
  ];
  return `\n${parts.join('\n\n')}\n`;
}

const left = (title: string): TextColumn => ({ title, align: 'left' });
const right = (title: string): TextColumn => ({ title, align: 'right' });
const count = (value: number | undefined): string =>
  value === undefined ? '' : String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

/** Days without an alert are not listed. */
function formatDays({ days, rules }: NoiseByDay): readonly string[] {
  const rows = days.flatMap((day, index) => {
    const noisy = rules.flatMap(({ slug, counts }) => {
      const alerts = counts[index] ?? 0;
      return alerts === 0 ? [] : [{ slug, alerts }];
    });
    const sum = noisy.reduce((total, { alerts }) => total + alerts, 0);
    return sum === 0 ? [] : [[day, count(sum), noisy.map(({ slug, alerts }) => `${slug} ${count(alerts)}`).join(', ')]];
  });
  if (rows.length === 0) return [];
  const columns = [left('day'), right('alerts'), left('rules')];
  const quiet = days.length - rows.length;
  return [
    `Alerts by day (UTC), ${count(quiet)} of ${count(days.length)} days without any\n${formatTextTable(columns, rows)}`,
  ];
}

function formatIncidents({ rules }: ReplayResult, topCount: number): readonly string[] {
  const incidents = rules.flatMap((rule) => rule.incidents).sort((a, b) => a.number - b.number);
  if (incidents.length === 0 || topCount === 0) return [];
  const rows = incidents
    .slice(0, topCount)
    .map(({ number, createdMs, severity, status, alerts, title }) => [
      String(number),
      formatTimeMs(createdMs),
      severity,
      status,
      count(alerts.length),
      shorten(printable(title), TITLE_CHARACTERS),
    ]);
  const columns = [right('no.'), left('created'), left('severity'), left('status'), right('alerts'), left('title')];
  const more = incidents.length > topCount ? `, the first ${topCount} of ${count(incidents.length)}` : '';
  return [`Incidents${more}\n${formatTextTable(columns, rows)}`];
}

function formatEntities(entities: readonly EntityNoise[], topCount: number): string {
  const rows = entities
    .slice(0, topCount)
    .map((entity) => [
      shortenMiddle(printable(describeEntity(entity)), ENTITY_CHARACTERS),
      count(entity.alerts),
      entity.rules.join(', '),
    ]);
  const more = entities.length > topCount ? `, ${topCount} of ${count(entities.length)}` : '';
  return `Entities in most alerts${more}\n${formatTextTable([left('entity'), right('alerts'), left('rules')], rows)}`;
}

/** `ip Address 192.0.2.1`, not yet made printable. */
export const describeEntity = ({ type, identifiers }: Pick<EntityNoise, 'type' | 'identifiers'>): string =>
  `${type} ${Object.values(identifiers).join(' ')}`;

function formatCost(costs: readonly RuleCost[]): string {
  const columns = [
    left('rule'),
    right('runs'),
    right('rows scanned'),
    right('a run'),
    right('largest run'),
    left('at'),
  ];
  const rows = costs.map(({ slug, runs, rowsScanned, rowsPerRun, largest }) => [
    slug,
    count(runs),
    count(rowsScanned),
    count(rowsPerRun),
    count(largest?.rows),
    largest === undefined ? '' : formatTimeMs(largest.scheduledMs),
  ]);
  const total = costs.reduce((sum, { rowsScanned = 0 }) => sum + rowsScanned, 0);
  return `Cost, ${count(total)} rows scanned in all\n${formatTextTable(columns, rows)}`;
}

function formatMisses({ rule, misses, runs }: RuleMisses): string {
  const looked = runs.looked < runs.read ? ` (${count(runs.looked)} of ${count(runs.read)} runs looked at)` : '';
  if (misses.length === 0) return `${rule.slug}: quiet; ${describeNoMiss(runs)}`;
  return [`${rule.slug}: quiet; it came nearest${looked}`, ...misses.slice(0, MISSES_PER_RULE).map(formatMiss)].join(
    '\n',
  );
}

/** Why there is no nearest miss to tell. */
export const describeNoMiss = ({ read }: RuleMisses['runs']): string =>
  read === 0 ? 'no run found a row to look at' : 'no row came as far as a threshold';

function formatMiss({ threshold, valueText, distanceText, decides, row, scheduledMs }: NearestMiss): string {
  const verdict = decides ? 'this alone kept it quiet' : 'other conditions kept it quiet, too';
  const cells = Object.entries(row)
    .slice(0, 8)
    .map(([name, text]) => `${name} ${shortenMiddle(text, CELL_CHARACTERS)}`)
    .join(' · ');
  return [
    `  ${printable(threshold)}: ${valueText}, ${distanceText} away, in the run of ${formatTimeMs(scheduledMs)}; ${verdict}`,
    `      ${shorten(printable(cells), ROW_CHARACTERS)}`,
  ].join('\n');
}

/** The text, or its two ends where it is longer: resource ids differ at their ends. */
export function shortenMiddle(text: string, limit: number): string {
  const characters = [...text];
  if (characters.length <= limit) return text;
  const head = Math.floor(limit / 3);
  return `${characters.slice(0, head).join('')}…${characters.slice(1 + head - limit).join('')}`;
}

function shorten(text: string, limit: number): string {
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : text;
}

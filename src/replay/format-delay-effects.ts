import type { Alert } from './build-alerts.ts';
import { formatTimeMs } from './clock.ts';
import type { DelayEffect } from './compare-detections.ts';
import { printable } from './printable.ts';
import { formatTextTable } from './text-table.ts';

/** How a delay of the logs is called in a report. */
export type DelayName = { readonly profile: string; readonly seed: number };

/** What a delay of the logs did, a line for each rule and below them what was lost, duplicated or new. */
export function formatDelayEffects(effects: readonly DelayEffect[], { profile, seed }: DelayName): string {
  const columns = ['rule', 'on time', 'delayed', 'lost', 'duplicated', 'new', 'later'].map(
    (title, index) => ({ title, align: index === 0 ? 'left' : 'right' }) as const,
  );
  const rows = effects.map(({ slug, onTime, delayed, lost, duplicated, appeared, later }) => [
    slug,
    ...[onTime, delayed, lost.length, duplicated.length, appeared.length, later.length].map(String),
  ]);
  const listed = effects.flatMap(({ slug, lost, duplicated, appeared }) =>
    [
      ['lost', lost],
      ['duplicated', duplicated],
      ['new', appeared],
    ].flatMap(([what, alerts]) =>
      (alerts as readonly Alert[]).map((alert) => describeAlert(slug, String(what), alert)),
    ),
  );
  const parts = [
    `Detections with ingestion delay ${profile} (seed ${seed}) against logs that arrive at once`,
    formatTextTable(columns, rows),
    ...(listed.length === 0 ? [] : [listed.join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const describeAlert = (slug: string, what: string, alert: Alert): string =>
  `${slug}: ${what}: ${formatTimeMs(alert.createdMs)}  ${printable(alert.name)}`;

/** The same for programs; detections by the ids of their alerts. */
export function delayEffectsJson(effects: readonly DelayEffect[], { profile, seed }: DelayName): object {
  const ids = (alerts: readonly Alert[]) =>
    alerts.map(({ id, createdMs, name }) => ({ id, created: formatTimeMs(createdMs), name }));
  return {
    profile,
    seed,
    rules: effects.map(({ slug, onTime, delayed, lost, duplicated, appeared, later }) => ({
      slug,
      onTime,
      delayed,
      lost: ids(lost),
      duplicated: ids(duplicated),
      new: ids(appeared),
      later: ids(later),
    })),
  };
}

import type { AttackLabel, ExpectedDetection } from '../../data/generator/labels.ts';
import type { Alert } from '../../src/replay/build-alerts.ts';
import { formatTimeMs } from '../../src/replay/clock.ts';
import type { ReplayResult } from '../../src/replay/replay-result.ts';
import { formatTextTable } from '../../src/replay/text-table.ts';

/** One detection that an injected attack must lead to, and the alert that it led to. */
export type Detection = {
  readonly attack: AttackLabel;
  readonly expected: ExpectedDetection;
  readonly alert: Alert | undefined;
  /** The alert is there, and shows the figures that were injected. */
  readonly found: boolean;
};

/** Compares what was injected with what the rules raised. */
export function matchDetections(labels: readonly AttackLabel[], result: ReplayResult): readonly Detection[] {
  const alerts = result.rules.flatMap((rule) => rule.alerts);
  return labels.flatMap((attack) =>
    attack.expected.map((expected) => {
      const alert = alerts.find((candidate) => isExpected(candidate, expected));
      return { attack, expected, alert, found: alert !== undefined && hasFigures(alert, expected) };
    }),
  );
}

function isExpected(alert: Alert, { rule, runAt, key }: ExpectedDetection): boolean {
  if (alert.rule.slug !== rule) return false;
  if (runAt !== undefined && alert.run.scheduledMs !== Date.parse(runAt)) return false;
  return Object.entries(key).every(
    ([name, value]) => alert.customDetails[name] === undefined || alert.customDetails[name]?.[0] === value,
  );
}

const hasFigures = (alert: Alert, { figures }: ExpectedDetection): boolean =>
  Object.entries(figures).every(([name, value]) => Number(alert.customDetails[name]?.[0]) === value);

/** The attacks by name, with what the rules said about each. */
export function formatDetections(detections: readonly Detection[]): string {
  const rows = detections.map(({ attack, expected, alert, found }) => [
    attack.attack,
    expected.rule,
    alert === undefined ? 'missed' : formatTimeMs(alert.createdMs),
    found ? 'yes' : alert === undefined ? '-' : 'no',
    Object.entries(expected.figures)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  ]);
  const found = detections.filter((detection) => detection.found).length;
  const columns = ['attack injected', 'rule', 'alert', 'figures', 'injected figures'].map((title) => ({
    title,
    align: 'left' as const,
  }));
  return `${formatTextTable(columns, rows)}\n${found} of ${detections.length} expected detections raised with the injected figures\n`;
}

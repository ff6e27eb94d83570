import type { Alert } from '../../src/replay/build-alerts.ts';
import { usualTraffic } from './match-alerts.ts';
import type { MeasuredMonth } from './measured-month.ts';
import { figureOf } from './raise-threshold.ts';

/** The false alarms of one rule on one cause. */
export type FalseAlarmGroup = {
  readonly slug: string;
  readonly cause: string;
  readonly alerts: number;
  /** What the alerts are about, the most frequent first. */
  readonly subjects: readonly string[];
  /** The least and the most of the figure that the rule decides by; absent for a rule without one. */
  readonly figure: { readonly name: string; readonly least: number; readonly most: number } | undefined;
};

const decisiveFigures: Readonly<Record<string, string>> = {
  'api-traffic-population-spike': 'Deviation',
  'api-traffic-single-address-spike': 'Multiple',
  'api-distributed-parameter-enumeration': 'Deviation',
  'waf-sql-injection': 'Observed',
};

/** False alarms by rule and cause, the rules in the order of the replay, the frequent causes first. */
export function groupFalseAlarms({ matched, result }: MeasuredMonth): readonly FalseAlarmGroup[] {
  const groups = new Map<string, { slug: string; cause: string; alerts: Alert[] }>();
  for (const { alert, cause } of matched.falseAlarms) {
    const { slug } = alert.rule;
    const group = groups.get(`${slug} ${cause}`) ?? { slug, cause, alerts: [] };
    group.alerts.push(alert);
    groups.set(`${slug} ${cause}`, group);
  }
  const order = result.rules.map(({ rule }) => rule.slug);
  return [...groups.values()]
    .sort(
      (a, b) =>
        order.indexOf(a.slug) - order.indexOf(b.slug) ||
        b.alerts.length - a.alerts.length ||
        (a.cause < b.cause ? -1 : 1),
    )
    .map(({ slug, cause, alerts }) => ({
      slug,
      cause,
      alerts: alerts.length,
      subjects: subjectsOf(alerts),
      figure: rangeOf(slug, alerts),
    }));
}

function subjectsOf(alerts: readonly Alert[]): string[] {
  const counts = new Map<string, number>();
  for (const { customDetails } of alerts) {
    const [subject = ''] = customDetails.Endpoint ?? customDetails.ClientAddress ?? customDetails.PolicyName ?? [];
    counts.set(subject, (counts.get(subject) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([subject]) => subject);
}

function rangeOf(slug: string, alerts: readonly Alert[]): FalseAlarmGroup['figure'] {
  const name = decisiveFigures[slug];
  if (name === undefined) {
    return undefined;
  }
  const figures = alerts.map((alert) => figureOf(alert, name));
  return { name, least: Math.min(...figures), most: Math.max(...figures) };
}

/** What a cause was, in words; several events that were under way together, one after the other. */
export function describeCause({ labels }: MeasuredMonth, cause: string): string {
  if (cause === usualTraffic) {
    return 'Nothing out of the ordinary happened.';
  }
  const events = cause.split(' + ');
  return labels.events.flatMap(({ event, description }) => (events.includes(event) ? description : [])).join(' ');
}

import type { MonthLabel } from '../../data/generator/families/attack-family.ts';
import type { ExpectedDetection } from '../../data/generator/labels.ts';
import type { EventLabel, MonthLabels } from '../../data/generator/month-labels.ts';
import { ticksFromUnixMs } from '../../src/kql/index.ts';
import type { Alert } from '../../src/replay/build-alerts.ts';

/** A labelled detection and the alert that it led to; none where it was missed. */
export type MatchedDetection = {
  readonly attack: MonthLabel;
  readonly expected: ExpectedDetection;
  readonly alert: Alert | undefined;
};

/** An alert on no attack, and what happened at the time: an event of the month, or nothing out of the ordinary. */
export type FalseAlarm = { readonly alert: Alert; readonly cause: string };

export type MatchedMonth = {
  readonly detections: readonly MatchedDetection[];
  /** Alerts where the label says that the attack stays beneath the threshold: the label or the rule is wrong. */
  readonly contradictions: readonly MatchedDetection[];
  readonly falseAlarms: readonly FalseAlarm[];
};

export const usualTraffic = 'usual traffic';

/** Compares alerts with what was injected, by rule, run or event, window and key. */
export function matchAlerts(labels: MonthLabels, alerts: readonly Alert[]): MatchedMonth {
  const byRule = new Map<string, Alert[]>();
  for (const alert of alerts) {
    byRule.set(alert.rule.slug, [...(byRule.get(alert.rule.slug) ?? []), alert]);
  }
  const find = (attack: MonthLabel, expected: ExpectedDetection): MatchedDetection => {
    const alert = byRule.get(expected.rule)?.find((candidate) => isAlertOn(candidate, expected));
    return { attack, expected, alert };
  };
  const detections = labels.attacks.flatMap((attack) => attack.expected.map((one) => find(attack, one)));
  const contradictions = labels.attacks
    .flatMap((attack) => attack.below.map((one) => find(attack, one)))
    .filter(({ alert }) => alert !== undefined);
  const matched = new Set([...detections, ...contradictions].map(({ alert }) => alert));
  const falseAlarms = alerts
    .filter((alert) => !matched.has(alert))
    .map((alert) => ({ alert, cause: causeOf(alert, labels.events) }));
  return { detections, contradictions, falseAlarms };
}

function isAlertOn(alert: Alert, { runAt, eventAt, windowStart, key }: ExpectedDetection): boolean {
  if (runAt !== undefined && alert.run.scheduledMs !== Date.parse(runAt)) {
    return false;
  }
  if (eventAt !== undefined && alert.startTicks !== ticksFromUnixMs(Date.parse(eventAt))) {
    return false;
  }
  if (windowStart !== undefined && detail(alert, 'WindowStart') !== windowStart) {
    return false;
  }
  return Object.entries(key).every(([name, value]) => detail(alert, name) === value);
}

function detail(alert: Alert, name: string): string | undefined {
  return alert.customDetails[name]?.[0];
}

/**
 * The events that were under way: the one from whose address the alert is, or all that show at its endpoint, or all that
 * could show anywhere.
 */
function causeOf(alert: Alert, events: readonly EventLabel[]): string {
  const endpoint = detail(alert, 'Endpoint');
  const address = detail(alert, 'ClientAddress');
  const underWay = events.filter(({ spans }) => spans.some((span) => overlaps(alert, span)));
  const here = underWay.filter(({ operations = [] }) => endpoint !== undefined && operations.includes(endpoint));
  const anywhere = underWay.filter(({ operations }) => operations === undefined);
  const [causes = []] = [
    underWay.filter(({ addresses = [] }) => address !== undefined && addresses.includes(address)),
    here,
    anywhere,
  ].filter((candidates) => candidates.length > 0);
  return causes.length === 0 ? usualTraffic : causes.map(({ event }) => event).join(' + ');
}

function overlaps(alert: Alert, { startsAt, endsAt }: EventLabel['spans'][number]): boolean {
  const windowEnd = detail(alert, 'WindowEnd');
  const endTicks = windowEnd === undefined ? alert.endTicks : ticksFromUnixMs(Date.parse(windowEnd));
  return alert.startTicks < ticksFromUnixMs(Date.parse(endsAt)) && endTicks >= ticksFromUnixMs(Date.parse(startsAt));
}

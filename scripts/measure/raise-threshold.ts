import { thresholds } from '../../data/generator/families/thresholds.ts';
import type { Alert } from '../../src/replay/build-alerts.ts';
import type { MeasuredMonth } from './measured-month.ts';

/** A parameter of a rule and the figure of an alert that it is compared with. */
type Tunable = { readonly slug: keyof typeof thresholds; readonly parameter: string; readonly figure: string };

const tunables: readonly Tunable[] = [
  { slug: 'api-traffic-population-spike', parameter: 'deviations', figure: 'Deviation' },
  { slug: 'api-traffic-population-spike', parameter: 'minimumCalls', figure: 'Observed' },
  { slug: 'api-traffic-single-address-spike', parameter: 'multiple', figure: 'Multiple' },
  { slug: 'api-traffic-single-address-spike', parameter: 'minimumCalls', figure: 'Observed' },
  { slug: 'api-distributed-parameter-enumeration', parameter: 'deviations', figure: 'Deviation' },
  { slug: 'api-distributed-parameter-enumeration', parameter: 'minimumValues', figure: 'Observed' },
  { slug: 'api-distributed-parameter-enumeration', parameter: 'minimumAddresses', figure: 'Addresses' },
  { slug: 'waf-sql-injection', parameter: 'minimumTransactions', figure: 'Observed' },
];
const factors = [1, 1.5, 2, 4, 10] as const;

/** What would be left of both months' alerts if a threshold were so much higher. */
export type RaisedThreshold = {
  readonly slug: string;
  readonly parameter: string;
  readonly value: number;
  /** False alarms of both months. */
  readonly falseAlarms: number;
  /** Detections of labelled attacks that are still made, of those made now. */
  readonly found: number;
  readonly foundNow: number;
};

/**
 * The figures of the alerts tell what a higher threshold would leave: each rule compares a figure with the parameter, so
 * nothing need be run again. Lower thresholds cannot be told this way.
 */
export function raiseThresholds(months: readonly MeasuredMonth[]): readonly RaisedThreshold[] {
  const measured = new Set(months.flatMap(({ result }) => result.rules.map(({ rule }) => rule.slug)));
  return tunables
    .filter(({ slug }) => measured.has(slug))
    .flatMap(({ slug, parameter, figure }) => {
      const now = (thresholds[slug] as Readonly<Record<string, number>>)[parameter] ?? 0;
      const falseAlarms = months.flatMap(({ matched }) => matched.falseAlarms.map(({ alert }) => alert));
      const found = months.flatMap(({ matched }) => matched.detections.flatMap(({ alert }) => alert ?? []));
      const left = (alerts: readonly Alert[], value: number): number =>
        alerts.filter((alert) => alert.rule.slug === slug && figureOf(alert, figure) >= value).length;
      return factors.map((factor) => {
        const value = Math.ceil(now * factor);
        return {
          slug,
          parameter,
          value,
          falseAlarms: left(falseAlarms, value),
          found: left(found, value),
          foundNow: left(found, now),
        };
      });
    });
}

/** A deviation from a baseline without spread is infinite, and written as such. */
export function figureOf(alert: Alert, name: string): number {
  const [text] = alert.customDetails[name] ?? [];
  return text === 'inf' ? Number.POSITIVE_INFINITY : Number(text);
}

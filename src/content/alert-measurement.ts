import { forwardedHopPattern, withClientAddress } from './fragments/client-address.ts';
import { withEndpoint, withStatusClass } from './fragments/endpoint.ts';
import { withQueryParameters } from './fragments/query-parameters.ts';
import { isSqlInjection, isVerdict, wafEvents } from './fragments/waf-events.ts';
import { window } from './fragments/windows.ts';
import { type KqlFragment, kql } from './kql.ts';
import type { PackConfig } from './pack-config.ts';
import { apiDistributedParameterEnumeration } from './rules/api-distributed-parameter-enumeration.ts';
import { apiTrafficPopulationSpike } from './rules/api-traffic-population-spike.ts';
import { apiTrafficSingleAddressSpike } from './rules/api-traffic-single-address-spike.ts';
import { wafSqlInjection } from './rules/waf-sql-injection.ts';

/** One alert, as far as its measurement depends on it: custom details hold one text each. */
export type MeasuredAlert = {
  readonly ruleSlug: string;
  /** T, when the rule ran; milliseconds since 1970. */
  readonly scheduledMs: number;
  readonly details: Readonly<Record<string, string>>;
};

/** How the value that an alert is about can be seen over time. */
export type AlertMeasurement = {
  /** What an axis says: `calls in 20 minutes`. */
  readonly measure: string;
  readonly windowMs: number;
  /** From when on the query reads. */
  readonly fromMs: number;
  /** The start of the window that fired. */
  readonly windowAtMs: number;
  /** The smallest value that fires. */
  readonly threshold: number;
  /** The time that the rule took its baseline from, where it has one. */
  readonly baseline?: { readonly fromMs: number; readonly toMs: number };
  /** Gives `Window` (datetime) and `Value` (long), a row for each window that has a value, in the order of time. */
  readonly query: KqlFragment;
};

type Measure = (alert: MeasuredAlert, config: PackConfig) => AlertMeasurement;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Rules that measure something, by slug; the others raise single events. */
const measures: ReadonlyMap<string, Measure> = new Map([
  [apiTrafficPopulationSpike.slug, measurePopulation],
  [apiTrafficSingleAddressSpike.slug, measureSingleAddress],
  [apiDistributedParameterEnumeration.slug, measureParameterValues],
  [wafSqlInjection.slug, measureSqlInjection],
]);

/**
 * The measurement behind an alert of this pack; undefined for a rule that measures nothing. What the alert's details
 * say enters the query as literals: they come from logs.
 */
export function alertMeasurement(alert: MeasuredAlert, config: PackConfig): AlertMeasurement | undefined {
  return measures.get(alert.ruleSlug)?.(alert, config);
}

function measurePopulation(alert: MeasuredAlert, config: PackConfig): AlertMeasurement {
  const { deviations, minimumCalls } = parametersOf(apiTrafficPopulationSpike, config);
  return {
    measure: 'calls in 20 minutes',
    ...trafficWindow(alert),
    threshold: Math.max(minimumCalls, number(alert, 'Mean') + deviations * number(alert, 'StandardDeviation')),
    query: kql`
      ${trafficOf(alert)}
      | summarize Value = count() by Window = bin(TimeGenerated, ${window})
      | sort by Window asc`,
  };
}

function measureSingleAddress(alert: MeasuredAlert, config: PackConfig): AlertMeasurement {
  const { multiple, minimumCalls } = parametersOf(apiTrafficSingleAddressSpike, config);
  return {
    measure: 'calls of the busiest address in 20 minutes',
    ...trafficWindow(alert),
    threshold: Math.max(minimumCalls, multiple * number(alert, 'Mean')),
    query: kql`
      ${forwardedHopPattern(config)}
      ${trafficOf(alert)}
      ${withClientAddress(config)}
      | summarize Calls = count() by Window = bin(TimeGenerated, ${window}), ClientAddress
      | summarize Value = max(Calls) by Window
      | sort by Window asc`,
  };
}

function measureParameterValues(alert: MeasuredAlert, config: PackConfig): AlertMeasurement {
  const { deviations, minimumValues } = parametersOf(apiDistributedParameterEnumeration, config);
  return {
    measure: 'distinct values in 20 minutes',
    ...trafficWindow(alert),
    threshold: Math.max(minimumValues, number(alert, 'Mean') + deviations * number(alert, 'StandardDeviation')),
    query: kql`
      ${requestsOf(alert)}
      | where Url contains "?"
      ${withEndpoint}
      | where Endpoint == ${text(alert, 'Endpoint')}
      ${withQueryParameters}
      | where Parameter == ${text(alert, 'Parameter')}
      | summarize Value = count_distinct(Value) by Window = bin(TimeGenerated, ${window})
      | sort by Window asc`,
  };
}

function measureSqlInjection(alert: MeasuredAlert, config: PackConfig): AlertMeasurement {
  const { minimumTransactions } = parametersOf(wafSqlInjection, config);
  const windowAtMs = alert.scheduledMs - 70 * MINUTE_MS;
  const fromMs = windowAtMs - 3 * DAY_MS;
  const offsetMinutes = (windowAtMs / MINUTE_MS) % 60;
  return {
    measure: 'attempts of the address in an hour',
    windowMs: HOUR_MS,
    fromMs,
    windowAtMs,
    threshold: minimumTransactions,
    query: kql`
      ${wafEvents(config)}
      | where ${between(fromMs, alert.scheduledMs + HOUR_MS)}
      | where ClientAddress == ${text(alert, 'ClientAddress')} and Host == ${text(alert, 'Host')}
      | summarize FirstSeen = min(TimeGenerated), Matches = countif(${isSqlInjection}), Verdicts = countif(${isVerdict(config)})
          by Transaction
      | where Matches > 0 and Verdicts > 0
      | summarize Value = count() by Window = bin(FirstSeen - ${offsetMinutes} * 1m, 1h) + ${offsetMinutes} * 1m
      | sort by Window asc`,
  };
}

type TrafficWindow = Pick<AlertMeasurement, 'windowMs' | 'fromMs' | 'windowAtMs' | 'baseline'>;

function trafficWindow(alert: MeasuredAlert): TrafficWindow {
  const windowMs = window.minutes * MINUTE_MS;
  const evaluatedFromMs = Math.floor((alert.scheduledMs - 70 * MINUTE_MS) / windowMs) * windowMs;
  return {
    windowMs,
    fromMs: alert.scheduledMs - 14 * DAY_MS,
    windowAtMs: Date.parse(text(alert, 'WindowStart')),
    baseline: { fromMs: alert.scheduledMs - 14 * DAY_MS, toMs: evaluatedFromMs },
  };
}

/** The requests that the rule could see, and an hour more, of the API that the alert names. */
function requestsOf(alert: MeasuredAlert): KqlFragment {
  return kql`
    ApiManagementGatewayLogs
    | where ${between(alert.scheduledMs - 14 * DAY_MS, alert.scheduledMs + HOUR_MS)}
    | where ApiId == ${text(alert, 'ApiId')}`;
}

function trafficOf(alert: MeasuredAlert): KqlFragment {
  return kql`
    ${requestsOf(alert)}
    ${withEndpoint}
    ${withStatusClass}
    | where Endpoint == ${text(alert, 'Endpoint')} and StatusClass == ${text(alert, 'StatusClass')}`;
}

function between(fromMs: number, toMs: number): KqlFragment {
  const time = (timeMs: number): string => new Date(timeMs).toISOString();
  return kql`TimeGenerated >= todatetime(${time(fromMs)}) and TimeGenerated < todatetime(${time(toMs)})`;
}

const text = ({ details }: MeasuredAlert, key: string): string => details[key] ?? '';
const number = (alert: MeasuredAlert, key: string): number => Number(text(alert, key));

type WithParameters<Name extends string> = {
  readonly slug: string;
  readonly parameters: Readonly<Record<Name, { readonly default: number }>>;
};

/** The thresholds that the workspace runs the rule with. */
function parametersOf<Name extends string>(
  rule: WithParameters<Name>,
  config: PackConfig,
): Readonly<Record<Name, number>> {
  const settings = config.rules[rule.slug]?.parameters ?? {};
  const entries = Object.entries<{ readonly default: number }>(rule.parameters);
  return Object.fromEntries(entries.map(([name, parameter]) => [name, settings[name] ?? parameter.default])) as Record<
    Name,
    number
  >;
}

import { defenderAlert } from './attacks/defender-alert.ts';
import { distributedEnumeration } from './attacks/distributed-enumeration.ts';
import type { Injection } from './attacks/injection.ts';
import { populationSpike } from './attacks/population-spike.ts';
import { singleAddressSpike } from './attacks/single-address-spike.ts';
import { sqlInjection } from './attacks/sql-injection.ts';
import { wafSwitchedToDetection } from './attacks/waf-switched-to-detection.ts';
import { activityRows } from './azure-activity.ts';
import { gatewayRows } from './gateway-rows.ts';
import type { AttackLabel } from './labels.ts';
import { monthTraffic } from './month-traffic.ts';
import { type Random, seededRandom } from './random.ts';
import type { ApiRequest } from './request.ts';
import type { Rows } from './row.ts';
import {
  burstOfInjections,
  enumerationOfReferences,
  month,
  otherDefenderAlerts,
  spikeOfOneAddress,
  spikeOfPopulation,
} from './sample-month.ts';
import { securityAlertRows } from './security-alerts.ts';
import { formatTime } from './time-window.ts';
import { firewallRows } from './waf/firewall-rows.ts';
import { inspectRequests } from './waf/inspect-requests.ts';

export type MonthOptions = {
  /** A whole number of 32 bits; the same seed gives the same rows to the byte. */
  readonly seed: number;
};

/** A month of logs that agree with each other. `from` (inclusive) and `until` (exclusive) are Kusto datetimes. */
export type SampleMonth = {
  readonly seed: number;
  readonly from: string;
  readonly until: string;
  /** By table name; rows in the order of TimeGenerated. They are made while they are read. */
  readonly tables: ReadonlyMap<string, Rows>;
  readonly labels: readonly AttackLabel[];
};

/**
 * The sample month: usual traffic and the labelled attacks pass the firewall, what it lets through reaches API
 * Management, and each of the four tables shows its part of it.
 *
 * @throws GeneratorError `bad-seed`, or `figures-missed` when traffic disturbs the figures of an attack.
 */
export function generateMonth(options: MonthOptions): SampleMonth {
  const random = seededRandom(options.seed);
  const background = monthTraffic(random.fork('traffic'));
  const alert = defenderAlert(background, spikeOfOneAddress);
  const injections = [...attacks(random.fork('attacks'), background), alert, wafSwitchedToDetection()];
  const requests = inOrder([...background, ...injections.flatMap(({ requests: added }) => added)]);
  const { passed, transactions } = inspectRequests(requests);
  const tables = new Map<string, Rows>([
    ['ApiManagementGatewayLogs', { [Symbol.iterator]: () => gatewayRows(random.fork('gateway'), passed) }],
    ['AGWFirewallLogs', firewallRows(random.fork('firewall'), transactions)],
    ['SecurityAlert', securityAlertRows(random.fork('alerts'), [...otherDefenderAlerts, alert.alert])],
    ['AzureActivity', activityRows(random.fork('activity'), month)],
  ]);
  const labels = injections.map(({ label }) => label).sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  return { seed: options.seed, from: formatTime(month.fromMs), until: formatTime(month.untilMs), tables, labels };
}

function attacks(random: Random, background: readonly ApiRequest[]): Injection[] {
  return [
    sqlInjection(random.fork('sql-injection'), burstOfInjections),
    populationSpike(random.fork('population-spike'), background, spikeOfPopulation),
    singleAddressSpike(random.fork('single-address-spike'), background, spikeOfOneAddress),
    distributedEnumeration(random.fork('distributed-enumeration'), background, enumerationOfReferences),
  ];
}

/** By time; the sort is stable, so that equal times stay in the order of the sources. */
function inOrder(requests: ApiRequest[]): ApiRequest[] {
  return requests.sort((a, b) => a.atMs - b.atMs);
}

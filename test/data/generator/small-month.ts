import { createHash } from 'node:crypto';
import { gatewayRow } from '../../../data/generator/gateway-rows.ts';
import type { MonthLabels } from '../../../data/generator/month-labels.ts';
import { type MonthName, monthPlans } from '../../../data/generator/months/index.ts';
import type { MonthPlan } from '../../../data/generator/months/month-plan.ts';
import type { ApiRequest } from '../../../data/generator/request.ts';
import type { Row } from '../../../data/generator/row.ts';
import { type MonthStream, streamMonth } from '../../../data/generator/stream-month.ts';
import { dayMs } from '../../../data/generator/time-window.ts';
import { firewallRows } from '../../../data/generator/waf/firewall-rows.ts';
import { gatewayDraws } from '../../../data/generator/write-month.ts';

export const monthSeed = 20_260_601;
export const smallScale = 0.01;

/** A small month with all its rows in memory. */
export type SmallMonth = {
  readonly stream: MonthStream;
  /** When each window starts, and how many requests had come before it. */
  readonly windows: readonly { readonly startMs: number; readonly first: number }[];
  readonly requests: readonly ApiRequest[];
  readonly gateway: readonly Row[];
  readonly firewall: readonly Row[];
  readonly labels: MonthLabels;
};

const made = new Map<MonthName, SmallMonth>();

/**
 * Made once for all tests of a process that look at it, in whatever file they are: both together are 80,000 rows.
 * Months of another seed or size are not kept.
 */
export function smallMonth(name: MonthName, seed = monthSeed, scale = smallScale): SmallMonth {
  if (seed !== monthSeed || scale !== smallScale) {
    return makeMonth(monthPlans[name], seed, scale);
  }
  const known = made.get(name) ?? makeMonth(monthPlans[name], seed, scale);
  made.set(name, known);
  return known;
}

/** The first so many days of the benchmark month, its attacks included: enough for what must hold for any row. */
export function startOfBenchmark(days: number): SmallMonth {
  const { benchmark } = monthPlans;
  const span = { fromMs: benchmark.span.fromMs, untilMs: benchmark.span.fromMs + days * dayMs };
  return makeMonth({ ...benchmark, span }, monthSeed, smallScale);
}

function makeMonth(plan: MonthPlan, seed: number, scale: number): SmallMonth {
  const stream = streamMonth(plan, { seed, scale });
  const draws = gatewayDraws(stream);
  const firewallRandom = stream.random.fork('firewall');
  const requests: ApiRequest[] = [];
  const firewall: Row[] = [];
  const windows: { startMs: number; first: number }[] = [];
  for (const window of stream.windows) {
    windows.push({ startMs: window.startMs, first: requests.length });
    for (const request of window.requests) requests.push(request);
    firewall.push(...firewallRows(firewallRandom, window.transactions, stream.policy));
  }
  const gateway = requests.map((request) => gatewayRow(request, draws));
  return { stream, windows, requests, gateway, firewall, labels: stream.labels() };
}

/** One hash over every row and every label. */
export function monthDigest({ gateway, firewall, stream, labels }: SmallMonth): string {
  const hash = createHash('sha256').update(JSON.stringify(labels));
  for (const rows of [gateway, firewall, stream.securityAlerts, stream.azureActivity]) {
    for (const row of rows) hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}

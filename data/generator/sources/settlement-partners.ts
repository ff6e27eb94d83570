import { answers } from '../answers.ts';
import { type ClientPool, clientPool, pickClient } from '../clients.ts';
import { type BaselineVolume, planCounts } from '../count-plan.ts';
import { logNormal } from '../distributions.ts';
import { operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { dayMs, hourMs, minuteMs, type TimeSpan } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';

const operation = operations.readTransactions;
const unknownShare = 0.01;
const faultShare = 0.004;
/** A batch is through before its window ends. */
const batchMs = 17 * minuteMs;

type Batch = readonly [hour: number, weight: number];

/** When partners reconcile (hours of the day in UTC) and how much then; Monday has the weekend's payments. */
const sunday: readonly Batch[] = [
  [5, 0.35],
  [12, 0.5],
];
const monday: readonly Batch[] = [
  [5, 2.55],
  [12, 0.8],
  [19, 1],
];
const midweek: readonly Batch[] = [
  [5, 1.6],
  [12, 0.65],
  [19, 0.85],
];
const friday: readonly Batch[] = [
  [5, 1.85],
  [12, 0.75],
  [19, 1],
];
const saturday: readonly Batch[] = [
  [5, 0.9],
  [12, 0.5],
];
const batches: readonly (readonly Batch[])[] = [sunday, monday, midweek, midweek, midweek, friday, saturday];

/**
 * Partners reconcile payments a few times a day in batches: `GET /settlement/transactions?reference=…`, one call for
 * each reference. The different references of a window are exactly as many as planned; every batch asks for some that
 * do not exist, and a failed call is repeated.
 */
export function settlementTraffic(random: Random, span: TimeSpan, volume: BaselineVolume): ApiRequest[] {
  const pool = clientPool(random.fork('pool'), {
    size: 12,
    firstIndex: 4000,
    userAgents: userAgents.partners,
    inequality: 0.3,
  });
  const noise = random.fork('noise');
  const requests: ApiRequest[] = [];
  const plan = planCounts(span, (start) => batchWeight(start) * logNormal(noise, 1, 0.5), volume);
  for (const [start, count] of plan) {
    reconcile(random.fork(start), pool, start, count, requests);
  }
  return requests;
}

function batchWeight(windowStartMs: number): number {
  const due = batches[new Date(windowStartMs).getUTCDay()] ?? [];
  const hour = (windowStartMs % dayMs) / hourMs;
  return due.find(([dueAt]) => dueAt === hour)?.[1] ?? 0;
}

function reconcile(random: Random, pool: ClientPool, start: number, count: number, requests: ApiRequest[]): void {
  const firstReference = Math.floor(start / minuteMs) * 100;
  const unknown = Math.max(1, Math.round(count * unknownShare));
  const everyNth = Math.floor(count / unknown);
  for (let index = 0; index < count; index++) {
    const client = pickClient(random, pool);
    const atMs = start + Math.floor((index / count) * batchMs) + random.below(secondsApart);
    const target = transactionTarget(firstReference + index * 7);
    const isUnknown = index % everyNth === 0 && index / everyNth < unknown;
    const answer = isUnknown ? answers.notFound : answers.ok;
    if (random.chance(faultShare)) {
      requests.push(newRequest(random, { atMs, operation, target, client, answer: answers.backendFault }));
    }
    requests.push(newRequest(random, { atMs: atMs + 900, operation, target, client, answer }));
  }
}

const secondsApart = 4000;

export function transactionTarget(reference: number): string {
  return `/settlement/transactions?reference=TRX-${reference}`;
}

import { type Answer, answers } from '../answers.ts';
import { type ClientPool, clientPool, pickClient } from '../clients.ts';
import { type BaselineVolume, planCounts } from '../count-plan.ts';
import { geometric, logNormal, poisson } from '../distributions.ts';
import { operations } from '../operations.ts';
import { outageShare, outages } from '../outages.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { deliveryRhythm, intensityAt } from '../rhythm.ts';
import { type TimeSpan, windowMs } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';

const operation = operations.updateOrder;
/** Calls that fail in an outage and are given up; couriers try more often than they would succeed. */
const failingCallsInOutage = 80;
/** How often a call goes wrong before it succeeds. */
const mishaps: readonly (readonly [share: number, answer: Answer])[] = [
  [0.008, answers.tokenExpired],
  [0.005, answers.conflict],
  [0.004, answers.notFound],
  [0.002, answers.backendFault],
  [0.001, answers.rateLimited],
  [0.0005, answers.callerGone],
];

/**
 * Couriers confirm deliveries with their handhelds: `PUT /orders/{id}`, answered 204. The calls answered 204 are
 * exactly as many as planned in each window; mishaps come on top.
 */
export function courierTraffic(random: Random, span: TimeSpan, volume: BaselineVolume): ApiRequest[] {
  const pool = clientPool(random.fork('pool'), {
    size: 700,
    firstIndex: 0,
    userAgents: userAgents.couriers,
    inequality: 0.7,
  });
  const noise = random.fork('noise');
  const weightAt = (start: number): number =>
    intensityAt(deliveryRhythm, start + windowMs / 2) *
    logNormal(noise, 1, 0.22) *
    (1 - 0.9 * outageShare(operation.api.id, start));
  const requests: ApiRequest[] = [];
  for (const [start, count] of planCounts(span, weightAt, volume)) {
    tour(random.fork(start), pool, start, count, requests);
  }
  return requests;
}

function tour(random: Random, pool: ClientPool, start: number, count: number, requests: ApiRequest[]): void {
  for (let left = count; left > 0; ) {
    const client = pickClient(random, pool);
    const stops = Math.min(left, 1 + geometric(random, 1.3));
    left -= stops;
    for (let stop = 0; stop < stops; stop++) {
      const atMs = start + random.below(windowMs);
      const target = orderTarget(random, atMs);
      const mishap = drawMishap(random);
      if (mishap !== undefined) {
        // Before the retry, and never before the window.
        requests.push(
          newRequest(random, { atMs: Math.max(start, atMs - 1500), operation, target, client, answer: mishap }),
        );
      }
      requests.push(newRequest(random, { atMs, operation, target, client, answer: answers.noContent }));
    }
  }
  failInOutages(random, pool, start, requests);
}

function failInOutages(random: Random, pool: ClientPool, start: number, requests: ApiRequest[]): void {
  for (const { apiId, span } of outages) {
    const fromMs = Math.max(start, span.fromMs);
    const untilMs = Math.min(start + windowMs, span.untilMs);
    if (apiId !== operation.api.id || untilMs <= fromMs) {
      continue;
    }
    const failures = poisson(random, (failingCallsInOutage * (untilMs - fromMs)) / windowMs);
    for (let failure = 0; failure < failures; failure++) {
      const atMs = fromMs + random.below(untilMs - fromMs);
      const target = orderTarget(random, atMs);
      requests.push(
        newRequest(random, {
          atMs,
          operation,
          target,
          client: pickClient(random, pool),
          answer: answers.backendUnreachable,
        }),
      );
    }
  }
}

/** Order numbers grow with time; an order is delivered within some days. */
export function orderTarget(random: Random, atMs: number): string {
  return `/orders/SO-${Math.floor(atMs / 60_000) - 20_000_000 - random.below(4000)}`;
}

function drawMishap(random: Random): Answer | undefined {
  let drawn = random.unit();
  for (const [share, answer] of mishaps) {
    drawn -= share;
    if (drawn < 0) {
      return answer;
    }
  }
  return undefined;
}

import { answers } from '../answers.ts';
import { type ClientPool, clientPool, pickClients } from '../clients.ts';
import { type BaselineVolume, planCounts } from '../count-plan.ts';
import { heavyTail, logNormal, pickIndex } from '../distributions.ts';
import { operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { intensityAt, shopRhythm } from '../rhythm.ts';
import { type TimeSpan, windowMs } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';

const { readLoyaltyCard, addLoyaltyPoints } = operations;
const pointsShare = 0.04;
const unknownCardShare = 0.015;
const keyMistakeShare = 0.002;

/**
 * The tills of some thousand shops look up loyalty cards: `GET /loyalty/cards/{number}`, answered 200. In each window
 * the calls are exactly as many as planned, and over any run of windows a till that calls makes `callsPerTill` calls a
 * window on average (the rounding of one window is carried into the next).
 */
export function shopTillTraffic(
  random: Random,
  span: TimeSpan,
  volume: BaselineVolume,
  callsPerTill: number,
): ApiRequest[] {
  const pool = clientPool(random.fork('pool'), {
    size: 2600,
    firstIndex: 1000,
    userAgents: userAgents.tills,
    inequality: 0.6,
  });
  const noise = random.fork('noise');
  const plan = planCounts(
    span,
    (start) => intensityAt(shopRhythm, start + windowMs / 2) * logNormal(noise, 1, 0.18),
    volume,
  );
  const requests: ApiRequest[] = [];
  let callsSoFar = 0;
  let tillsSoFar = 0;
  for (const [start, count] of plan) {
    callsSoFar += count;
    const tills = Math.min(count, Math.max(1, Math.round(callsSoFar / callsPerTill) - tillsSoFar));
    tillsSoFar += tills;
    serve(random.fork(start), pool, { start, count, tills }, requests);
  }
  return requests;
}

type ShopWindow = { readonly start: number; readonly count: number; readonly tills: number };

function serve(random: Random, pool: ClientPool, { start, count, tills }: ShopWindow, requests: ApiRequest[]): void {
  const clients = pickClients(random, pool, tills);
  const busy = heavyTail(tills, 0.7, 3);
  for (let call = 0; call < count; call++) {
    // Every till calls once; the rest goes to the busy ones.
    const client = clients[call < tills ? call : pickIndex(random, busy)];
    if (client === undefined) {
      continue;
    }
    const atMs = start + random.below(windowMs);
    const target = cardTarget(random);
    requests.push(newRequest(random, { atMs, operation: readLoyaltyCard, target, client, answer: answers.ok }));
    if (random.chance(pointsShare)) {
      const later = atMs + 4000 + random.below(30_000);
      const points = `${target}/points`;
      requests.push(
        newRequest(random, {
          atMs: later,
          operation: addLoyaltyPoints,
          target: points,
          client,
          answer: answers.created,
        }),
      );
    }
    if (random.chance(unknownCardShare)) {
      const mistyped = cardTarget(random);
      requests.push(
        newRequest(random, { atMs, operation: readLoyaltyCard, target: mistyped, client, answer: answers.notFound }),
      );
    }
    if (random.chance(keyMistakeShare)) {
      requests.push(
        newRequest(random, { atMs, operation: readLoyaltyCard, target, client, answer: answers.keyInvalid }),
      );
    }
  }
}

export function cardTarget(random: Random): string {
  return `/loyalty/cards/6200${String(100_000_000 + random.below(900_000_000))}`;
}

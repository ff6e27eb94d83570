import { answers } from '../answers.ts';
import { endpointOf, seriesKey, statusClassOf } from '../ledger/window-facts.ts';
import { rounded } from '../moments.ts';
import { baselineOf, formatTime, runFor, windowMs } from '../time-window.ts';
import { type PlatformOperationId, platformOperations } from '../traffic/platform-operations.ts';
import type {
  AttackFamily,
  AttackPlace,
  AttackWindow,
  Judgement,
  PassedWindow,
  PlannedAttack,
} from './attack-family.ts';
import { loneAddress } from './botnet.ts';
import { baselineMeasure, finite } from './deviation-judgement.ts';
import { attackers, placeRequests, successOf } from './place-requests.ts';
import { countFor, startOf } from './reach.ts';
import { counted, judgeMeasures, type ThresholdMeasure } from './threshold-measure.ts';
import { thresholds } from './thresholds.ts';

const rule = 'api-traffic-single-address-spike';
const limits = thresholds[rule];

/** How often the address calls: so many times the mean of one address, or so many calls whatever the mean is. */
export type AddressReach = { readonly multiple: number } | { readonly calls: number };

export type SingleAddressSpike = {
  readonly at: readonly [day: number, hour: number];
  readonly windows?: number;
  readonly operation: PlatformOperationId;
  readonly reach: AddressReach;
  /** What the calls are answered; the operation's success where absent. */
  readonly answer?: 'wrongPassword' | 'rateLimited' | 'notFound';
  readonly note: string;
};

const spikes: readonly SingleAddressSpike[] = [
  { at: [14, 2], operation: 'GET /loyalty/cards/{card}', reach: { multiple: 400 }, note: 'cards read from a list' },
  { at: [15, 22], operation: 'GET /customers/{customer}', reach: { multiple: 180 }, note: 'profiles walked through' },
  { at: [16, 13], operation: 'GET /catalog/products/{product}/reviews', reach: { multiple: 100 }, note: 'scraping' },
  {
    at: [17, 4],
    operation: 'POST /identity/token',
    reach: { multiple: 110 },
    answer: 'wrongPassword',
    note: 'passwords guessed from one address',
  },
  { at: [18, 20], operation: 'GET /orders/{order}', reach: { multiple: 85 }, note: 'orders walked through' },
  { at: [19, 6], operation: 'GET /prices/{sku}', reach: { multiple: 55 }, note: 'a tenth above' },
  { at: [20, 15], operation: 'GET /inventory/{sku}', reach: { multiple: 50 }, note: 'just reached' },
  { at: [21, 9], operation: 'GET /catalog/products/{product}', reach: { multiple: 49.5 }, note: 'just below' },
  { at: [22, 12], operation: 'GET /catalog/search', reach: { multiple: 40 }, note: 'a fifth below' },
  { at: [23, 18], operation: 'GET /tracking', reach: { multiple: 10 }, note: 'a fifth of the threshold' },
  {
    at: [24, 10],
    operation: 'GET /carts/{cart}',
    reach: { calls: limits.minimumCalls },
    note: 'as many calls as the rule asks for',
  },
  {
    at: [25, 10],
    operation: 'POST /carts/{cart}/checkout',
    reach: { calls: limits.minimumCalls - 1 },
    note: 'one call fewer than the rule asks for',
  },
  {
    at: [26, 0],
    windows: 9,
    operation: 'GET /catalog/products',
    reach: { multiple: 120 },
    note: 'scraping for three hours',
  },
];

/** One address calls one operation far more often than addresses do. */
export const singleAddressSpikeFamily: AttackFamily = {
  name: 'single-address-spike',
  rule,
  attacks: (random, month) =>
    spikes.map((spike, index) => planSingleAddressSpike({ random: random.fork(index), month, index }, spike)),
  judgeWindow,
};

/** A spike at any intensity. */
export function planSingleAddressSpike(place: AttackPlace, spike: SingleAddressSpike): PlannedAttack {
  const { random, index } = place;
  const { at, windows = 1, operation: id, note, reach } = spike;
  const startMs = startOf(place, at);
  const addresses = [loneAddress(index)];
  const clients = attackers(random, addresses);
  const operation = platformOperations[id];
  const answer = spike.answer === undefined ? successOf(operation) : answers[spike.answer];
  const key = seriesKey(id, `${Math.floor(answer.status / 100)}XX`);
  const isCalls = 'calls' in reach;
  return {
    name: isCalls ? `${reach.calls}-calls` : `${reach.multiple}-times-the-mean`,
    intensity: isCalls ? `${reach.calls} calls` : `${reach.multiple} times the mean of one address`,
    description: `${addresses[0]} calls ${id} ${isCalls ? `${reach.calls} times` : `${reach.multiple} times as often as one address does`}: ${note}.`,
    span: { fromMs: startMs, untilMs: startMs + windows * windowMs },
    addresses,
    requestsIn(window) {
      const count = isCalls ? reach.calls : callsAt(reach.multiple, meanFor(window, key));
      return placeRequests(window.random, { startMs: window.startMs, operation, clients, count, answer });
    },
  };
}

function meanFor({ startMs, ledger }: Pick<AttackWindow, 'startMs' | 'ledger'>, key: string): number {
  const { perAddress } = ledger.callsBefore(key, baselineOf(runFor(startMs + windowMs)));
  return Number.isFinite(perAddress) ? perAddress : 1;
}

const callsAt = (multiple: number, mean: number): number =>
  countFor({ exact: multiple * mean, isAtThreshold: multiple >= limits.multiple, least: limits.minimumCalls });

function judgeWindow({ startMs, touched, facts, ledger }: PassedWindow): readonly Judgement[] {
  const touchedPairs = new Map<string, readonly [key: string, address: string]>();
  for (const request of touched) {
    const key = seriesKey(endpointOf(request), statusClassOf(request));
    touchedPairs.set(`${key}\n${request.client.address}`, [key, request.client.address]);
  }
  const runAtMs = runFor(startMs + windowMs);
  return [...touchedPairs.values()].flatMap(([key, address]) => {
    const seen = facts.calls.get(key);
    const calls = seen?.byAddress.get(address) ?? 0;
    if (seen === undefined || calls === 0) {
      return [];
    }
    const { perAddress, windows } = ledger.callsBefore(key, baselineOf(runAtMs));
    const multiple: ThresholdMeasure = {
      unit: 'times the mean of one address',
      actual: calls / perAddress,
      withOneFewer: (calls - 1) / perAddress,
      least: limits.multiple,
    };
    return {
      ...judgeMeasures([counted(calls, limits.minimumCalls, 'calls'), baselineMeasure({ windows }, limits), multiple]),
      detection: {
        rule,
        runAt: formatTime(runAtMs),
        windowStart: formatTime(startMs),
        key: { Endpoint: seen.endpoint, StatusClass: seen.statusClass, ClientAddress: address },
        figures: finite({
          Observed: calls,
          Mean: rounded(perAddress),
          Multiple: rounded(calls / perAddress),
          BaselineWindows: windows,
        }),
      },
    };
  });
}

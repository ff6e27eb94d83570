import { answers } from '../answers.ts';
import type { SeriesBaseline } from '../ledger/traffic-ledger.ts';
import { endpointOf, seriesKey, statusClassOf } from '../ledger/window-facts.ts';
import { baselineOf, runFor, windowMs } from '../time-window.ts';
import { type PlatformOperationId, platformOperations } from '../traffic/platform-operations.ts';
import type {
  AttackFamily,
  AttackPlace,
  AttackWindow,
  Judgement,
  PassedWindow,
  PlannedAttack,
} from './attack-family.ts';
import { botnet } from './botnet.ts';
import { judgeDeviation } from './deviation-judgement.ts';
import { attackers, placeRequests, successOf } from './place-requests.ts';
import { countFor, deviationsAbove, startOf } from './reach.ts';
import { counted } from './threshold-measure.ts';
import { thresholds } from './thresholds.ts';

const rule = 'api-traffic-population-spike';
const limits = thresholds[rule];

/** How far the window ends up: so many deviations above the mean, or so many calls whatever the deviation is. */
export type PopulationReach = { readonly deviations: number } | { readonly calls: number };

export type PopulationSpike = {
  /** Days after the month's start, and the hour in UTC. */
  readonly at: readonly [day: number, hour: number];
  readonly windows?: number;
  readonly operation: PlatformOperationId;
  readonly reach: PopulationReach;
  /** What is asked for is refused (passwords are guessed) and counts as 4XX. */
  readonly isRefused?: true;
  readonly addresses: number;
  readonly note: string;
};

/** Endpoints that are busy enough for the deviation to decide, and quiet ones where the least number of calls does. */
const spikes: readonly PopulationSpike[] = [
  { at: [14, 9], operation: 'GET /orders/{order}', reach: { deviations: 60 }, addresses: 400, note: 'a flood' },
  { at: [15, 14], operation: 'POST /carts', reach: { deviations: 40 }, addresses: 300, note: 'carts made by a script' },
  {
    at: [16, 3],
    operation: 'GET /prices/{sku}',
    reach: { deviations: 12 },
    addresses: 250,
    note: 'prices read at night',
  },
  {
    at: [17, 19],
    operation: 'PUT /orders/{order}',
    reach: { deviations: 8 },
    addresses: 250,
    note: 'orders changed in the evening',
  },
  {
    at: [18, 11],
    operation: 'POST /identity/token',
    reach: { deviations: 60 },
    isRefused: true,
    addresses: 500,
    note: 'passwords are guessed',
  },
  {
    at: [19, 10],
    operation: 'GET /catalog/products',
    reach: { deviations: 6.5 },
    addresses: 300,
    note: 'half a deviation above',
  },
  { at: [20, 13], operation: 'GET /inventory/{sku}', reach: { deviations: 6 }, addresses: 250, note: 'just reached' },
  { at: [21, 16], operation: 'GET /prices/{sku}', reach: { deviations: 5.95 }, addresses: 250, note: 'just below' },
  {
    at: [22, 8],
    operation: 'GET /catalog/products',
    reach: { deviations: 5.5 },
    addresses: 250,
    note: 'half a deviation below',
  },
  {
    at: [22, 17],
    operation: 'GET /catalog/products/{product}',
    reach: { deviations: 3.5 },
    addresses: 200,
    note: 'hardly more than half the threshold',
  },
  {
    at: [23, 2],
    operation: 'POST /carts/{cart}/checkout',
    reach: { calls: limits.minimumCalls },
    addresses: 100,
    note: 'as many calls as the rule asks for',
  },
  {
    at: [24, 2],
    operation: 'GET /carts/{cart}',
    reach: { calls: limits.minimumCalls - 1 },
    addresses: 100,
    note: 'one call fewer than the rule asks for',
  },
  {
    at: [25, 12],
    windows: 6,
    operation: 'GET /catalog/products/{product}',
    reach: { deviations: 9 },
    addresses: 450,
    note: 'kept up for two hours, and so raising its own baseline',
  },
];

/** Many addresses together call one operation; none of them often enough to stand out alone. */
export const populationSpikeFamily: AttackFamily = {
  name: 'population-spike',
  rule,
  attacks: (random, month) =>
    spikes.map((spike, index) => planPopulationSpike({ random: random.fork(index), month, index }, spike)),
  judgeWindow,
};

/** A spike at any intensity. */
export function planPopulationSpike(place: AttackPlace, spike: PopulationSpike): PlannedAttack {
  const { random, index } = place;
  const { at, windows = 1, operation: id, note, reach } = spike;
  const startMs = startOf(place, at);
  const addresses = botnet(index, spike.addresses);
  const clients = attackers(random, addresses);
  const operation = platformOperations[id];
  const answer = spike.isRefused === true ? answers.wrongPassword : successOf(operation);
  const key = seriesKey(id, `${Math.floor(answer.status / 100)}XX`);
  const [size, unit] = 'calls' in reach ? [reach.calls, 'calls'] : [reach.deviations, 'deviations'];
  return {
    name: `${id}-${size}-${unit}`.replace(/[^a-z\d.-]+/gi, '-').toLowerCase(),
    intensity: `${size} ${unit}`,
    description: `${spike.addresses} addresses call ${id} until a window is at ${size} ${unit}: ${note}.`,
    span: { fromMs: startMs, untilMs: startMs + windows * windowMs },
    addresses,
    requestsIn(window) {
      const count = missingCalls(window, key, reach);
      return placeRequests(window.random, { startMs: window.startMs, operation, clients, count, answer });
    },
  };
}

/** What the usual calls of the window lack to the reach. */
function missingCalls({ ledger, usual, startMs }: AttackWindow, key: string, reach: PopulationReach): number {
  const wanted = 'calls' in reach ? reach.calls : callsAt(reach.deviations, baselineFor(startMs, key, ledger));
  return wanted - (usual.calls.get(key)?.calls ?? 0);
}

function callsAt(deviations: number, baseline: SeriesBaseline): number {
  const exact = deviationsAbove(deviations, baseline);
  return countFor({ exact, isAtThreshold: deviations >= limits.deviations, least: limits.minimumCalls });
}

function baselineFor(startMs: number, key: string, ledger: AttackWindow['ledger']): SeriesBaseline {
  return ledger.callsBefore(key, baselineOf(runFor(startMs + windowMs)));
}

function judgeWindow({ startMs, touched, facts, ledger }: PassedWindow): readonly Judgement[] {
  const keys = new Set(touched.map((request) => seriesKey(endpointOf(request), statusClassOf(request))));
  return [...keys].flatMap((key) => {
    const seen = facts.calls.get(key);
    if (seen === undefined) {
      return [];
    }
    const { endpoint, statusClass, calls } = seen;
    return judgeDeviation({
      rule,
      startMs,
      key: { Endpoint: endpoint, StatusClass: statusClass },
      observed: calls,
      baseline: baselineFor(startMs, key, ledger),
      amounts: [counted(calls, limits.minimumCalls, 'calls')],
      thresholds: limits,
    });
  });
}

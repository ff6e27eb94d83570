import { type Answer, answers } from '../answers.ts';
import type { SeriesBaseline } from '../ledger/traffic-ledger.ts';
import { endpointOf, parametersOf, seriesKey } from '../ledger/window-facts.ts';
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
import { attackers, placeRequests } from './place-requests.ts';
import { countFor, deviationsAbove, startOf } from './reach.ts';
import { counted } from './threshold-measure.ts';
import { thresholds } from './thresholds.ts';

const rule = 'api-distributed-parameter-enumeration';
const limits = thresholds[rule];

/** How many values are tried: so many deviations above the mean, or so many whatever the deviation is. */
export type EnumerationReach = { readonly deviations: number } | { readonly values: number };

export type ParameterEnumeration = {
  readonly at: readonly [day: number, hour: number];
  readonly operation: PlatformOperationId;
  readonly parameter: string;
  /** A guess by its number; guesses differ from each other and from what is usual. */
  readonly guess: (index: number) => string;
  readonly reach: EnumerationReach;
  readonly addresses: number;
  readonly answer: Answer;
  readonly note: string;
};

const reference = {
  operation: 'GET /settlement/transactions',
  parameter: 'reference',
  guess: (index: number) => `TRX-${9_000_000_000 + index}`,
  answer: answers.ok,
} as const;
const giftCard = {
  operation: 'GET /giftcards/balance',
  parameter: 'code',
  guess: (index: number) => `GC-${2_000_000_000 + index}`,
  answer: answers.notFound,
} as const;
const email = {
  operation: 'GET /customers',
  parameter: 'email',
  guess: (index: number) => `guess${index}%40example.net`,
  answer: answers.ok,
} as const;
const shipment = {
  operation: 'GET /tracking',
  parameter: 'shipment',
  guess: (index: number) => `SH${7_000_000 + index}`,
  answer: answers.ok,
} as const;

/**
 * The weak ones come first where an endpoint is attacked more than once: an enumeration stays in the baseline for two
 * weeks, and a strong one hides what comes after it.
 */
const enumerations: readonly ParameterEnumeration[] = [
  { ...reference, at: [15, 13], reach: { deviations: 4 }, addresses: 90, note: 'two deviations below' },
  { ...reference, at: [17, 13], reach: { deviations: 5.95 }, addresses: 90, note: 'just below' },
  { ...reference, at: [19, 18], reach: { deviations: 6 }, addresses: 90, note: 'just reached' },
  { ...reference, at: [21, 13], reach: { deviations: 6.5 }, addresses: 90, note: 'half a deviation above' },
  { ...reference, at: [26, 20], reach: { deviations: 40 }, addresses: 324, note: 'a whole range within one window' },
  {
    ...shipment,
    at: [16, 3],
    reach: { values: 1201 },
    addresses: limits.minimumAddresses - 1,
    note: 'one address fewer than the rule asks for',
  },
  {
    ...shipment,
    at: [22, 14],
    reach: { values: limits.minimumValues },
    addresses: 40,
    note: 'as many as the rule asks for',
  },
  { ...shipment, at: [27, 18], reach: { values: 4000 }, addresses: 160, note: 'parcels of others followed' },
  {
    ...email,
    at: [18, 9],
    reach: { values: limits.minimumValues - 1 },
    addresses: 40,
    note: 'one fewer than the rule asks for',
  },
  { ...email, at: [24, 14], reach: { values: 3000 }, addresses: 150, note: 'who is a customer' },
  {
    ...giftCard,
    at: [20, 16],
    reach: { values: 1200 },
    addresses: limits.minimumAddresses,
    note: 'as few addresses as the rule asks for',
  },
  { ...giftCard, at: [28, 12], reach: { values: 6000 }, addresses: 400, note: 'nearly every code is wrong' },
];

/** Many addresses together walk through the values of a query parameter, each of them through a few. */
export const parameterEnumerationFamily: AttackFamily = {
  name: 'parameter-enumeration',
  rule,
  attacks: (random, month) =>
    enumerations.map((one, index) => planParameterEnumeration({ random: random.fork(index), month, index }, one)),
  judgeWindow,
};

/** An enumeration at any intensity. */
export function planParameterEnumeration(place: AttackPlace, one: ParameterEnumeration): PlannedAttack {
  const { random, index } = place;
  const { at, operation: id, parameter, guess, reach, note, answer } = one;
  const startMs = startOf(place, at);
  const addresses = botnet(100 + index, one.addresses);
  const clients = attackers(random, addresses);
  const [size, unit] = 'values' in reach ? [reach.values, 'values'] : [reach.deviations, 'deviations'];
  return {
    name: `${parameter}-${size}-${unit}`,
    intensity: `${size} ${unit}, ${one.addresses} addresses`,
    description: `${one.addresses} addresses try the parameter ${parameter} of ${id} up to ${size} ${unit}: ${note}.`,
    span: { fromMs: startMs, untilMs: startMs + windowMs },
    addresses,
    requestsIn(window) {
      const count = missingValues(window, seriesKey(id, parameter), reach);
      // Each enumeration goes on where no other one was: a value tried before would still be a value.
      const query = (turn: number): string => `${parameter}=${guess(index * 100_000 + turn)}`;
      const operation = platformOperations[id];
      return placeRequests(window.random, { startMs, operation, clients, count, query, answer });
    },
  };
}

function missingValues({ ledger, usual, startMs }: AttackWindow, key: string, reach: EnumerationReach): number {
  const wanted = 'values' in reach ? reach.values : valuesAt(reach.deviations, baselineFor(startMs, key, ledger));
  return wanted - (usual.parameters.get(key)?.values.size ?? 0);
}

function valuesAt(deviations: number, baseline: SeriesBaseline): number {
  const exact = deviationsAbove(deviations, baseline);
  return countFor({ exact, isAtThreshold: deviations >= limits.deviations, least: limits.minimumValues });
}

function baselineFor(startMs: number, key: string, ledger: AttackWindow['ledger']): SeriesBaseline {
  return ledger.valuesBefore(key, baselineOf(runFor(startMs + windowMs)));
}

function judgeWindow({ startMs, touched, facts, ledger }: PassedWindow): readonly Judgement[] {
  const keys = new Set(
    touched.flatMap((request) => {
      return parametersOf(request.target).map(([parameter]) => seriesKey(endpointOf(request), parameter));
    }),
  );
  return [...keys].flatMap((key) => {
    const use = facts.parameters.get(key);
    if (use === undefined) {
      return [];
    }
    return judgeDeviation({
      rule,
      startMs,
      key: { Endpoint: use.endpoint, Parameter: use.parameter },
      observed: use.values.size,
      baseline: baselineFor(startMs, key, ledger),
      amounts: [
        counted(use.values.size, limits.minimumValues, 'values'),
        counted(use.addresses.size, limits.minimumAddresses, 'addresses'),
      ],
      thresholds: limits,
    });
  });
}

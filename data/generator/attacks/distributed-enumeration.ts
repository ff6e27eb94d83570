import { answers } from '../answers.ts';
import { answered, baselineOver, callsByWindow, deviationFigures, requireMoments } from '../baseline.ts';
import type { Moments } from '../moments.ts';
import { operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { transactionTarget } from '../sources/settlement-partners.ts';
import { baselineOf, contains, formatTime, runFor, type TimeSpan, windowMs, windowOf } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';
import type { Injection } from './injection.ts';

export type DistributedEnumeration = {
  /** The start of the window. */
  readonly startMs: number;
  /** Different values of the parameter. */
  readonly observed: number;
  /** Different values a window, as the detecting run must see them before. */
  readonly baseline: Moments;
  readonly firstReference: number;
  /** The share of guesses that hit a transaction, from 0 to 1. */
  readonly hitShare: number;
  readonly addresses: readonly string[];
};

const operation = operations.readTransactions;

/**
 * A botnet walks through references: `GET /settlement/transactions?reference=…`, each address a few dozen. References are
 * given out one after the other and nobody checks whose they are, so nearly every guess hits: besides the enumeration
 * the population's spike of 2XX answers must be detected, with figures of its own.
 */
export function distributedEnumeration(
  random: Random,
  background: readonly ApiRequest[],
  attack: DistributedEnumeration,
): Injection {
  const endMs = attack.startMs + windowMs;
  const runAtMs = runFor(endMs);
  const span = baselineOf(runAtMs);
  const values = baselineOver(distinctTargetsByWindow(background, span));
  requireMoments('distinct values', values, attack.baseline);
  const requests = walk(random, attack);
  const hits = requests.filter(({ answer }) => answer.status === 200).length;
  const usualHits = baselineOver(callsByWindow(background, answered(operation.id, 2), span).values());
  const runAt = formatTime(runAtMs);
  return {
    requests,
    label: {
      attack: 'distributed-parameter-enumeration',
      description: `${attack.addresses.length} addresses try ${attack.observed} references within 20 minutes.`,
      startsAt: formatTime(attack.startMs),
      endsAt: formatTime(endMs),
      addresses: [...attack.addresses].sort(),
      expected: [
        {
          rule: 'api-distributed-parameter-enumeration',
          runAt,
          key: { Endpoint: operation.id, Parameter: 'reference' },
          figures: deviationFigures(attack.observed, values),
        },
        {
          rule: 'api-traffic-population-spike',
          runAt,
          key: { Endpoint: operation.id, StatusClass: '2XX' },
          figures: deviationFigures(hits, usualHits),
        },
      ],
    },
  };
}

function walk(random: Random, attack: DistributedEnumeration): ApiRequest[] {
  const clients = attack.addresses.map((address) => ({ address, userAgent: random.pick(userAgents.attackTools) }));
  return Array.from({ length: attack.observed }, (_, index) =>
    newRequest(random, {
      atMs: attack.startMs + random.below(windowMs),
      operation,
      target: transactionTarget(attack.firstReference + index),
      client: clients[index % clients.length] ?? random.pick(clients),
      answer: random.chance(attack.hitShare) ? answers.ok : answers.notFound,
    }),
  );
}

/** The endpoint has one parameter, so different targets that carry it are different values. */
function distinctTargetsByWindow(requests: readonly ApiRequest[], span: TimeSpan): number[] {
  const targets = new Map<number, Set<string>>();
  for (const request of requests) {
    if (request.operation === operation && request.target.includes('?') && contains(span, request.atMs)) {
      const window = windowOf(request.atMs);
      const seen = targets.get(window) ?? new Set<string>();
      seen.add(request.target);
      targets.set(window, seen);
    }
  }
  return [...targets.values()].map((seen) => seen.size);
}

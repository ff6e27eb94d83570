import { answers } from '../answers.ts';
import { answered, baselineOver, callsByWindow, deviationFigures, requireMoments } from '../baseline.ts';
import type { Moments } from '../moments.ts';
import { operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { orderTarget } from '../sources/couriers.ts';
import { baselineOf, formatTime, runFor, windowMs } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';
import type { Injection } from './injection.ts';

export type PopulationSpike = {
  /** The start of the window. */
  readonly startMs: number;
  /** Calls of the endpoint that the window ends up with, usual ones included. */
  readonly observed: number;
  /** What the detecting run must see before it. */
  readonly baseline: Moments;
  readonly addresses: readonly string[];
};

const operation = operations.updateOrder;

/**
 * Many addresses with stolen sessions change orders at once: `PUT /orders/{id}`, answered 204. None of them calls often
 * enough to stand out alone.
 */
export function populationSpike(random: Random, background: readonly ApiRequest[], spike: PopulationSpike): Injection {
  const matches = answered(operation.id, 2);
  const endMs = spike.startMs + windowMs;
  const runAtMs = runFor(endMs);
  const baseline = baselineOver(callsByWindow(background, matches, baselineOf(runAtMs)).values());
  requireMoments('calls', baseline, spike.baseline);
  const usual = callsByWindow(background, matches, { fromMs: spike.startMs, untilMs: endMs }).get(spike.startMs) ?? 0;
  const requests = Array.from({ length: spike.observed - usual }, () => {
    const atMs = spike.startMs + random.below(windowMs);
    const client = { address: random.pick(spike.addresses), userAgent: random.pick(userAgents.attackTools) };
    return newRequest(random, {
      atMs,
      operation,
      target: orderTarget(random, atMs),
      client,
      answer: answers.noContent,
    });
  });
  return {
    requests,
    label: {
      attack: 'population-spike',
      description: `${requests.length} calls from many addresses change orders within 20 minutes, beside ${usual} usual ones.`,
      startsAt: formatTime(spike.startMs),
      endsAt: formatTime(endMs),
      addresses: [...new Set(requests.map(({ client }) => client.address))].sort(),
      expected: [
        {
          rule: 'api-traffic-population-spike',
          runAt: formatTime(runAtMs),
          key: { Endpoint: operation.id, StatusClass: '2XX' },
          figures: deviationFigures(spike.observed, baseline),
        },
      ],
    },
  };
}

import { answers } from '../answers.ts';
import { answered, callsByAddress, requireFigure } from '../baseline.ts';
import { rounded } from '../moments.ts';
import { operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { cardTarget } from '../sources/shop-tills.ts';
import { baselineOf, formatTime, runFor, windowMs } from '../time-window.ts';
import type { Injection } from './injection.ts';

export type SingleAddressSpike = {
  /** The start of the window; the shops are closed then. */
  readonly startMs: number;
  readonly address: string;
  readonly observed: number;
  /** Calls of one address in a window in which it calls, as the detecting run must see them before. */
  readonly usual: number;
  /** Card numbers that do not exist. */
  readonly misses: number;
};

const operation = operations.readLoyaltyCard;

/**
 * One address reads loyalty cards from a list: `GET /loyalty/cards/{number}`, answered 200. The endpoint as a whole is
 * used so unevenly that the same calls are no spike of the population.
 */
export function singleAddressSpike(
  random: Random,
  background: readonly ApiRequest[],
  spike: SingleAddressSpike,
): Injection {
  const endMs = spike.startMs + windowMs;
  const runAtMs = runFor(endMs);
  const baseline = callsByAddress(background, answered(operation.id, 2), baselineOf(runAtMs));
  requireFigure('the mean of calls by one address', baseline.perAddress, spike.usual);
  const client = { address: spike.address, userAgent: 'python-requests/2.31.0' };
  const requests = Array.from({ length: spike.observed + spike.misses }, (_, index) => {
    const atMs = spike.startMs + random.below(windowMs);
    const answer = index < spike.observed ? answers.ok : answers.notFound;
    return newRequest(random, { atMs, operation, target: cardTarget(random), client, answer });
  });
  return {
    requests,
    label: {
      attack: 'single-address-spike',
      description: `One address reads ${spike.observed} loyalty cards within 20 minutes at night.`,
      startsAt: formatTime(spike.startMs),
      endsAt: formatTime(endMs),
      addresses: [spike.address],
      expected: [
        {
          rule: 'api-traffic-single-address-spike',
          runAt: formatTime(runAtMs),
          key: { Endpoint: operation.id, StatusClass: '2XX', ClientAddress: spike.address },
          figures: {
            Observed: spike.observed,
            Mean: rounded(baseline.perAddress),
            Multiple: rounded(spike.observed / baseline.perAddress),
            BaselineWindows: baseline.windows,
          },
        },
      ],
    },
  };
}

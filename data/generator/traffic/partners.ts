import { answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { geometric } from '../distributions.ts';
import { minuteMs, windowMs } from '../time-window.ts';
import { type Population, sizes } from './population.ts';
import { Session } from './session.ts';
import { type SourceWindow, type TrafficSource, thinned } from './traffic-source.ts';

const everyMs = 10 * minuteMs;
const { partners: partnersAtFullSize } = sizes;

/** Integrations of partners: each polls every ten minutes, day and night, and reads on page by page while there are more. */
export function partners({ partners: pool }: Population): TrafficSource {
  return {
    name: 'partners',
    emit(window) {
      const { startMs, conditions } = window;
      // Below full size there are fewer partners already; what is missing to the scale is polled less often.
      const share = (partnersAtFullSize * conditions.scale) / pool.clients.length;
      const rate = Math.min(1, share) * Math.min(1, conditions.factor('partners', startMs));
      for (const [rank, client] of pool.clients.entries()) {
        for (let dueMs = startMs; dueMs < startMs + windowMs; dueMs += everyMs) {
          const turn = Math.floor(dueMs / everyMs) + rank * 7;
          if (thinned(turn, rate) > 0) {
            poll(window, client, dueMs + rank * 1100);
          }
        }
      }
    },
  };
}

function poll(window: SourceWindow, client: Client, startsAtMs: number): void {
  const { random } = window;
  const session = new Session(window, { client, startsAtMs, paceMs: 700, retries: 4 });
  const since = Math.floor(startsAtMs / everyMs);
  for (let page = 1, left = geometric(random, 0.5); left >= 0; left--, page++) {
    session.call('GET /orders', { query: `updatedSince=${since}&page=${page}` });
  }
  if (random.chance(0.3)) {
    session.call('GET /inventory', { query: `changedSince=${since}&page=1` });
  }
  if (random.chance(0.3)) {
    session.call('GET /prices', { query: `changedSince=${since}` });
  }
  if (random.chance(0.25)) {
    session.call('POST /payments/webhooks', { answer: answers.noContent });
  }
  if (random.chance(0.1)) {
    session.call('POST /shipments', { answer: answers.created });
    session.call('GET /shipments', { query: `updatedSince=${since}` });
  }
}

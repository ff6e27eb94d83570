import { answers } from '../answers.ts';
import { pickClient } from '../clients.ts';
import { geometric, poisson } from '../distributions.ts';
import { intensityAt, officeRhythm } from '../rhythm.ts';
import { minuteMs, windowMs } from '../time-window.ts';
import type { Population } from './population.ts';
import { Session } from './session.ts';
import type { TrafficSource } from './traffic-source.ts';

const exchangesPerWindow = 7;

/** Suppliers' systems in office hours: orders out, deliveries and invoices in. */
export function suppliers({ suppliers: pool }: Population): TrafficSource {
  return {
    name: 'suppliers',
    emit(window) {
      const { startMs, random, conditions } = window;
      const intensity = intensityAt(officeRhythm, startMs + windowMs / 2) * conditions.factor('suppliers', startMs);
      for (let left = poisson(random, exchangesPerWindow * conditions.scale * intensity); left > 0; left--) {
        const startsAtMs = startMs + random.below(windowMs);
        exchange(new Session(window, { client: pickClient(random, pool), startsAtMs, paceMs: 1500, retries: 3 }));
      }
    },
  };
}

function exchange(session: Session): void {
  const { random } = session;
  const since = Math.floor(session.atMs / (60 * minuteMs));
  for (let page = 1, left = geometric(random, 1); left >= 0; left--, page++) {
    session.call('GET /supply/orders', { query: `since=${since}&page=${page}` });
  }
  if (random.chance(0.5)) {
    session.call('POST /supply/deliveries', { answer: random.chance(0.03) ? answers.badRequest : answers.created });
    session.call('PATCH /inventory/{sku}', { answer: answers.noContent });
  }
  if (random.chance(0.35)) {
    session.call('POST /supply/invoices', { answer: answers.created });
    session.call('GET /supply/invoices', { query: `since=${since}` });
  }
}

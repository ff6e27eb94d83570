import { answers } from '../answers.ts';
import { pickClient } from '../clients.ts';
import { poisson } from '../distributions.ts';
import { intensityAt, officeRhythm } from '../rhythm.ts';
import { windowMs } from '../time-window.ts';
import type { Population } from './population.ts';
import { Session } from './session.ts';
import type { TrafficSource } from './traffic-source.ts';

const casesPerWindow = 9;

/** The service desk and the back office: some hundred people behind three addresses, in office hours. */
export function office({ office: pool }: Population): TrafficSource {
  return {
    name: 'office',
    emit(window) {
      const { startMs, random, conditions } = window;
      const intensity = intensityAt(officeRhythm, startMs + windowMs / 2) * conditions.factor('office', startMs);
      for (let left = poisson(random, casesPerWindow * conditions.scale * intensity); left > 0; left--) {
        const startsAtMs = startMs + random.below(windowMs);
        handle(new Session(window, { client: pickClient(random, pool), startsAtMs, paceMs: 15_000, retries: 0 }));
      }
    },
  };
}

function handle(session: Session): void {
  const { random } = session;
  session.call('GET /identity/userinfo');
  session.call('GET /tickets', { query: 'state=open&page=1' });
  session.call('GET /tickets/{ticket}');
  session.call('GET /customers', { query: `email=customer${random.below(90_000)}%40example.com` });
  session.call('GET /customers/{customer}');
  session.call('GET /orders/{order}');
  if (random.chance(0.15)) {
    session.call('POST /payments/{payment}/refunds', { answer: answers.created });
  }
  if (random.chance(0.1)) {
    session.call('DELETE /orders/{order}', { answer: random.chance(0.2) ? answers.conflict : answers.noContent });
  }
  if (random.chance(0.06)) {
    session.call('GET /reports/sales', { query: 'period=day' });
    session.call('GET /reports/stock', { query: 'period=day' });
  }
}

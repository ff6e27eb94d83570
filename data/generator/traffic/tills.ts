import { answers } from '../answers.ts';
import { pickClient } from '../clients.ts';
import { poisson } from '../distributions.ts';
import { intensityAt, shopRhythm } from '../rhythm.ts';
import { minuteMs, windowMs } from '../time-window.ts';
import type { Population } from './population.ts';
import { Session } from './session.ts';
import type { TrafficSource } from './traffic-source.ts';

const salesPerWindow = 42;

/** Tills of the shops: each shop has several behind one address, and calls come with its customers. */
export function tills({ shops: pool }: Population): TrafficSource {
  return {
    name: 'tills',
    emit(window) {
      const { startMs, random, conditions } = window;
      const intensity = intensityAt(shopRhythm, startMs + windowMs / 2) * conditions.factor('tills', startMs);
      for (let left = poisson(random, salesPerWindow * conditions.scale * intensity); left > 0; left--) {
        const startsAtMs = startMs + random.below(windowMs);
        sell(new Session(window, { client: pickClient(random, pool), startsAtMs, paceMs: 9000, retries: 2 }));
      }
    },
  };
}

function sell(session: Session): void {
  const { random } = session;
  if (random.chance(0.1)) {
    session.call('GET /pos/updates');
    session.call('GET /pos/prices', { query: `since=${Math.floor(session.atMs / minuteMs)}` });
  }
  session.call('POST /pos/receipts', { answer: answers.created });
  if (random.chance(0.45)) {
    const isCard = session.call('GET /loyalty/cards/{card}', {
      answer: random.chance(0.02) ? answers.notFound : answers.ok,
    });
    if (isCard === 200) {
      session.call('POST /loyalty/cards/{card}/points', { answer: answers.created });
    }
  }
  if (random.chance(0.08)) {
    const code = `GC-${100_000_000 + random.below(800_000_000)}`;
    session.call('GET /giftcards/balance', {
      query: `code=${code}`,
      answer: random.chance(0.06) ? answers.notFound : answers.ok,
    });
  }
  if (random.chance(0.04)) {
    session.call('GET /pos/receipts/{receipt}');
  }
}

import { answers } from '../answers.ts';
import { pickClient } from '../clients.ts';
import { logNormal } from '../distributions.ts';
import { dayMs, hourMs, minuteMs, windowMs } from '../time-window.ts';
import type { Population } from './population.ts';
import { Session } from './session.ts';
import type { TrafficSource } from './traffic-source.ts';

/** When partners reconcile (hours of the day in UTC) and how many transactions they ask for at full size. */
const batches: ReadonlyMap<number, number> = new Map([
  [1, 900],
  [5, 420],
  [11, 620],
  [16, 700],
  [21, 1250],
]);

/**
 * Partners reconcile in short batches: thousands of values of a parameter from a dozen addresses, several times a day.
 * It looks like an enumeration and is none, so that only what is usual for the endpoint tells the two apart.
 */
export function settlement({ partners: pool }: Population): TrafficSource {
  return {
    name: 'settlement',
    emit(window) {
      const { startMs, random, conditions } = window;
      const due = batches.get((startMs % dayMs) / hourMs);
      if (due === undefined) {
        return;
      }
      const busy = conditions.scale * conditions.factor('settlement', startMs);
      const count = Math.round(due * busy * logNormal(random, 1, 0.35));
      const first = Math.floor(startMs / minuteMs) * 100;
      for (let index = 0; index < count; index++) {
        const startsAtMs = startMs + Math.floor((index / count) * (windowMs - 5000));
        const session = new Session(window, { client: pickClient(random, pool), startsAtMs, paceMs: 300, retries: 1 });
        const query = `reference=TRX-${first + index * 7}`;
        session.call('GET /settlement/transactions', {
          query,
          answer: random.chance(0.015) ? answers.notFound : answers.ok,
        });
        if (index % 400 === 0) {
          session.call('GET /settlement/reports/{day}');
        }
        if (random.chance(0.004)) {
          session.call('POST /settlement/disputes', { answer: answers.created });
        }
      }
    },
  };
}

import { answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { hourMs, windowMs } from '../time-window.ts';
import { spareAddress } from '../traffic/population.ts';
import { Session } from '../traffic/session.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const startsAt = [16, 0, 0] as const;
const lastsMs = 8 * hourMs;
const machines = 40;
const addresses = Array.from({ length: machines }, (_, machine) => spareAddress(40 + machine));
/** What a machine fetches in a window at full size. */
const fetchesPerWindow = 34;

/** A search engine reads the whole catalogue anew from forty addresses, list by list and product by product. */
export const recrawl: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, lastsMs);
  return {
    name: 'recrawl',
    description: 'A search engine reads the whole catalogue anew from forty addresses in one night.',
    spans: [span],
    operations: ['GET /catalog/products', 'GET /catalog/products/{product}', 'GET /catalog/products/{product}/reviews'],
    addresses,
    source: () => ({
      name: 'recrawl',
      emit(window) {
        const { startMs, random, conditions } = window;
        if (startMs < span.fromMs || startMs >= span.untilMs) {
          return;
        }
        const first = Math.round(((startMs - span.fromMs) / windowMs) * machines * fetchesPerWindow);
        const fetches = Math.round(fetchesPerWindow * conditions.scale);
        for (let machine = 0; machine < machines; machine++) {
          const client: Client = {
            address: addresses[machine] ?? '',
            userAgent: 'Mozilla/5.0 (compatible; ExampleBot/4.0)',
          };
          const session = new Session(window, {
            client,
            startsAtMs: startMs,
            paceMs: windowMs / Math.max(1, fetches) / 4,
            retries: 0,
          });
          for (let fetch = 0; fetch < fetches; fetch++) {
            session.call('GET /catalog/products', { query: `page=${first + machine * fetches + fetch}&pageSize=24` });
            session.forget('product');
            const answer = random.chance(0.05) ? answers.notFound : answers.ok;
            if (session.call('GET /catalog/products/{product}', { answer }) === 200 && random.chance(0.4)) {
              session.call('GET /catalog/products/{product}/reviews', { query: 'page=1' });
            }
          }
        }
      },
    }),
  };
};

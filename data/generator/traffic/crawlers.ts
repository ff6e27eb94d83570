import { answers } from '../answers.ts';
import { poisson } from '../distributions.ts';
import { dayMs, hourMs, windowMs } from '../time-window.ts';
import type { Population } from './population.ts';
import { Session } from './session.ts';
import type { TrafficSource } from './traffic-source.ts';

const fetchesPerWindow = 36;
const deepCrawlHours = [2, 3];
const deepCrawlFetches = 130;
const fetchesPerVisit = 6;

/** Search engines, welcome and slow, from eight addresses; one of them reads the catalogue in depth on Wednesday nights. */
export function crawlers({ crawlers: pool }: Population): TrafficSource {
  return {
    name: 'crawlers',
    emit(window) {
      const { startMs, random, conditions } = window;
      const scale = conditions.scale * conditions.factor('crawlers', startMs);
      const visits = poisson(random, (fetchesPerWindow / fetchesPerVisit) * scale);
      for (let visit = 0; visit < visits; visit++) {
        const startsAtMs = startMs + random.below(windowMs / 2);
        fetchPages(
          new Session(window, { client: random.pick(pool.clients), startsAtMs, paceMs: 20_000, retries: 0 }),
          fetchesPerVisit,
        );
      }
      const client = pool.clients[0];
      const hour = Math.floor((startMs % dayMs) / hourMs);
      if (client !== undefined && new Date(startMs).getUTCDay() === 3 && deepCrawlHours.includes(hour)) {
        const fetches = Math.round(deepCrawlFetches * scale);
        fetchPages(
          new Session(window, { client, startsAtMs: startMs, paceMs: windowMs / deepCrawlFetches / 2, retries: 0 }),
          fetches,
        );
      }
    },
  };
}

function fetchPages(session: Session, count: number): void {
  const { random } = session;
  for (let left = count; left > 0; left--) {
    session.forget('product');
    if (random.chance(0.2)) {
      session.call('GET /catalog/products', { query: `page=${1 + random.below(600)}&pageSize=24` });
    } else {
      const answer = random.chance(0.04) ? answers.rateLimited : random.chance(0.03) ? answers.notFound : answers.ok;
      session.call('GET /catalog/products/{product}', { answer });
    }
    if (random.chance(0.05)) {
      session.call('GET /stores/{store}');
    }
  }
}

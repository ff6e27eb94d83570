import { answers } from '../answers.ts';
import { pickClient } from '../clients.ts';
import { geometric, poisson } from '../distributions.ts';
import { intensityAt, shoppingRhythm } from '../rhythm.ts';
import { windowMs } from '../time-window.ts';
import type { Population } from './population.ts';
import { Session } from './session.ts';
import type { TrafficSource } from './traffic-source.ts';

const sessionsPerWindow = 24;

/**
 * The shop's app. Opening it calls half a dozen operations at once, from addresses that a carrier shares among many
 * people, and it sends again what failed.
 */
export function devices({ devices: pool }: Population): TrafficSource {
  return {
    name: 'devices',
    emit(window) {
      const { startMs, random, conditions } = window;
      const intensity = intensityAt(shoppingRhythm, startMs + windowMs / 2) * conditions.factor('devices', startMs);
      for (let left = poisson(random, sessionsPerWindow * conditions.scale * intensity); left > 0; left--) {
        const startsAtMs = startMs + random.below(windowMs);
        openApp(new Session(window, { client: pickClient(random, pool), startsAtMs, paceMs: 2500, retries: 3 }));
      }
    },
  };
}

export function openApp(session: Session): void {
  const { random } = session;
  session.call('GET /app/configuration');
  session.call('GET /app/feature-flags');
  const answer = random.chance(0.02) ? answers.tokenExpired : answers.ok;
  if (session.call('POST /identity/refresh', { answer }) !== 200) {
    session.call('POST /identity/token');
  }
  session.call('GET /notifications');
  if (random.chance(0.2)) {
    session.call('PUT /notifications/{notification}', { answer: answers.noContent });
  }
  if (random.chance(0.03)) {
    session.call('POST /notifications/devices', { answer: answers.created });
  }
  look(session);
  for (let batches = geometric(random, 0.8); batches > 0; batches--) {
    session.call('POST /app/telemetry', { answer: answers.noContent });
  }
}

function look(session: Session): void {
  const { random } = session;
  if (random.chance(0.4)) {
    session.call('GET /app/content', { query: `page=${1 + geometric(random, 0.6)}` });
  }
  if (random.chance(0.35)) {
    session.call('GET /loyalty/cards/{card}');
    if (random.chance(0.3)) {
      session.call('GET /loyalty/cards/{card}/history', { query: 'page=1' });
    }
  }
  if (random.chance(0.3)) {
    // Where somebody stands is a value of its own each time: many values of a parameter are no enumeration yet.
    const position = `lat=${(47 + random.unit() * 7).toFixed(4)}&lon=${(6 + random.unit() * 8).toFixed(4)}`;
    session.call('GET /stores/nearby', { query: position });
    session.call('GET /inventory/stores/{store}');
  }
  if (random.chance(0.25)) {
    session.call('GET /orders/{order}');
    session.call('GET /tracking', { query: `shipment=SH${3_000_000 + random.below(400_000)}` });
  }
  if (random.chance(0.2)) {
    session.call('GET /catalog/products/{product}');
  }
}

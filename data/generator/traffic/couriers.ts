import { answers } from '../answers.ts';
import { pickClient } from '../clients.ts';
import { geometric, poisson } from '../distributions.ts';
import { deliveryRhythm, intensityAt } from '../rhythm.ts';
import { minuteMs, windowMs } from '../time-window.ts';
import type { Population } from './population.ts';
import { Session } from './session.ts';
import type { TrafficSource } from './traffic-source.ts';

const legsPerWindow = 26;

/** Couriers on their tours: a device tells where it is, its courier what was delivered. Nothing at night and on Sunday. */
export function couriers({ couriers: pool }: Population): TrafficSource {
  return {
    name: 'couriers',
    emit(window) {
      const { startMs, random, conditions } = window;
      const intensity = intensityAt(deliveryRhythm, startMs + windowMs / 2) * conditions.factor('couriers', startMs);
      for (let left = poisson(random, legsPerWindow * conditions.scale * intensity); left > 0; left--) {
        const startsAtMs = startMs + random.below(windowMs / 2);
        drive(new Session(window, { client: pickClient(random, pool), startsAtMs, paceMs: minuteMs / 2, retries: 3 }));
      }
    },
  };
}

function drive(session: Session): void {
  const { random } = session;
  if (random.chance(0.2)) {
    session.call('GET /fleet/depots');
  }
  session.call('GET /fleet/{vehicle}/route');
  for (let stops = 1 + geometric(random, 2); stops > 0; stops--) {
    session.call('POST /fleet/{vehicle}/positions', { answer: answers.noContent });
    session.forget('shipment');
    session.forget('order');
    session.call('GET /shipments/{shipment}');
    session.call('PUT /shipments/{shipment}/status', { answer: answers.noContent });
    session.call('PUT /orders/{order}', { answer: random.chance(0.02) ? answers.conflict : answers.noContent });
  }
}

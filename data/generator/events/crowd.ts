import type { Client } from '../clients.ts';
import { poisson } from '../distributions.ts';
import { hourMs, windowMs } from '../time-window.ts';
import { openApp } from '../traffic/devices.ts';
import { spareAddress } from '../traffic/population.ts';
import { Session } from '../traffic/session.ts';
import { userAgents } from '../user-agents.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const startsAt = [22, 14, 0] as const;
const lastsMs = 3 * hourMs;
const visitorsPerWindow = 210;
const address = spareAddress(11);

/** A fair with a wireless network of its own: thousands of visitors open the app behind one address. */
export const crowd: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, lastsMs);
  return {
    name: 'crowd',
    description: 'Thousands of visitors of a fair open the app behind one shared address.',
    spans: [{ ...span, untilMs: span.untilMs + windowMs }],
    addresses: [address],
    source: () => ({
      name: 'crowd',
      emit(window) {
        const { startMs, random, conditions } = window;
        if (startMs < span.fromMs || startMs >= span.untilMs) {
          return;
        }
        for (let left = poisson(random, visitorsPerWindow * conditions.scale); left > 0; left--) {
          const client: Client = { address, userAgent: random.pick(userAgents.app) };
          const startsAtMs = startMs + random.below(windowMs);
          openApp(new Session(window, { client, startsAtMs, paceMs: 2500, retries: 3 }));
        }
      },
    }),
  };
};

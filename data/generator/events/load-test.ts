import { answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { defenderAlertOn } from '../families/defender-alert.ts';
import { hourMs, minuteMs, windowMs } from '../time-window.ts';
import { platformOperations } from '../traffic/platform-operations.ts';
import { spareAddress } from '../traffic/population.ts';
import { Session } from '../traffic/session.ts';
import type { SourceWindow } from '../traffic/traffic-source.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const startsAt = [18, 2, 0] as const;
const lastsMs = hourMs;
/** Defender for APIs works in half-hourly rounds. */
const raisedAfterMs = 67 * minuteMs;
const engines = 12;
const addresses = Array.from({ length: engines }, (_, engine) => spareAddress(20 + engine));
/** Rounds of three calls that an engine makes in a window at full size. */
const roundsPerWindow = 150;

/** The platform's own load test, at night, from a dozen rented machines: each search term occurs once, to miss the cache. */
export const loadTest: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, lastsMs);
  return {
    name: 'load-test',
    description: 'The platform is load-tested for an hour at night from twelve machines.',
    spans: [{ fromMs: span.fromMs, untilMs: span.fromMs + raisedAfterMs + minuteMs }],
    operations: ['GET /catalog/search', 'GET /catalog/products/{product}', 'POST /carts', 'POST /identity/token'],
    addresses,
    isAnnounced: true,
    source: () => ({
      name: 'load-test',
      emit(window) {
        if (window.startMs >= span.fromMs && window.startMs < span.untilMs) {
          for (const address of addresses) {
            drive(window, { address, userAgent: 'ContosoLoadTest/2.4' });
          }
        }
      },
    }),
    defenderAlerts: [
      defenderAlertOn(platformOperations['GET /catalog/search'], {
        alertType: 'API_PopulationSpikeInAPITraffic',
        displayName: 'Suspicious population-level spike in API traffic to an API endpoint',
        severity: 'Medium',
        tactic: 'Impact',
        address: 'All',
        activity: { fromMs: span.fromMs, untilMs: span.fromMs + windowMs },
        raisedAtMs: span.fromMs + raisedAfterMs,
        calls: engines * roundsPerWindow,
      }),
    ],
  };
};

function drive(window: SourceWindow, client: Client): void {
  const { startMs, random, conditions } = window;
  const rounds = Math.round(roundsPerWindow * conditions.scale);
  const paceMs = windowMs / Math.max(1, rounds) / 5;
  const session = new Session(window, { client, startsAtMs: startMs, paceMs, retries: 0 });
  session.call('POST /identity/token');
  for (let round = 0; round < rounds; round++) {
    session.call('GET /catalog/search', { query: `q=load${random.below(1_000_000_000)}&sort=relevance` });
    session.forget('product');
    session.call('GET /catalog/products/{product}');
    session.forget('cart');
    session.call('POST /carts', { answer: answers.created });
  }
}

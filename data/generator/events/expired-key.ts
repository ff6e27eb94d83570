import { answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { hourMs, windowMs } from '../time-window.ts';
import { Session } from '../traffic/session.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const lastsMs = 3 * hourMs;
/** Calls in a window at full size: the client has no pause between its tries. */
const callsPerWindow = 420;

/** A partner's key has expired and its integration tries again without pause until somebody comes to work. */
export function expiredKey(at: readonly [day: number, hour: number, minute: number], clientIndex: number): PlaceEvent {
  return (month) => {
    const span = spanAt(month, at, lastsMs);
    return {
      name: 'expired-key',
      description: 'The key of a partner has expired; its integration repeats the refused call for three hours.',
      spans: [span],
      operations: ['GET /orders'],
      source: ({ spare }) => {
        const client: Client = { address: spare(clientIndex), userAgent: 'Java-http-client/17.0.10' };
        return {
          name: 'expired-key',
          emit(window) {
            const { startMs, conditions } = window;
            if (startMs < span.fromMs || startMs >= span.untilMs) {
              return;
            }
            const calls = Math.round(callsPerWindow * conditions.scale);
            const session = new Session(window, {
              client,
              startsAtMs: startMs,
              paceMs: windowMs / Math.max(1, calls) / 1.5,
              retries: 0,
            });
            for (let call = 0; call < calls; call++) {
              session.call('GET /orders', { query: 'updatedSince=0&page=1', answer: answers.keyInvalid });
            }
          },
        };
      },
    };
  };
}

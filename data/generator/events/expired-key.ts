import { answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { hourMs, windowMs } from '../time-window.ts';
import { spareAddress } from '../traffic/population.ts';
import { Session } from '../traffic/session.ts';
import type { SourceWindow } from '../traffic/traffic-source.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const lastsMs = 3 * hourMs;
/** Calls in a window at full size: the client has no pause between its tries. */
const callsPerWindow = 420;

/** A partner's key has expired and its integration tries again without pause until somebody comes to work. */
export function expiredKey(at: readonly [day: number, hour: number, minute: number], clientIndex: number): PlaceEvent {
  return (month) => {
    const span = spanAt(month, at, lastsMs);
    const client: Client = { address: spareAddress(clientIndex), userAgent: 'Java-http-client/17.0.10' };
    return {
      name: 'expired-key',
      description: 'The key of a partner has expired; its integration repeats the refused call for three hours.',
      spans: [span],
      operations: ['GET /orders'],
      addresses: [client.address],
      source: () => ({
        name: 'expired-key',
        emit(window) {
          if (window.startMs >= span.fromMs && window.startMs < span.untilMs) {
            repeat(window, client);
          }
        },
      }),
    };
  };
}

function repeat(window: SourceWindow, client: Client): void {
  const calls = Math.round(callsPerWindow * window.conditions.scale);
  const paceMs = windowMs / Math.max(1, calls) / 1.5;
  const session = new Session(window, { client, startsAtMs: window.startMs, paceMs, retries: 0 });
  for (let call = 0; call < calls; call++) {
    session.call('GET /orders', { query: 'updatedSince=0&page=1', answer: answers.keyInvalid });
  }
}

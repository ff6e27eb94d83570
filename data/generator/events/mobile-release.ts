import { answers } from '../answers.ts';
import { type Client, pickClient } from '../clients.ts';
import { poisson } from '../distributions.ts';
import { hourMs, windowMs } from '../time-window.ts';
import { openApp } from '../traffic/devices.ts';
import { Session } from '../traffic/session.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const version = '5.15.0';
const startsAt = [20, 17, 0] as const;
const lastsMs = 20 * hourMs;
/** Devices that update in the first windows at full size; every four hours later half as many do. */
const firstUpdates = 190;
const halvesMs = 4 * hourMs;

/** A new version of the app: each device that updates logs in again, registers anew and sends what it had kept. */
export const mobileRelease: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, lastsMs);
  return {
    name: 'mobile-release',
    description: 'A new version of the app is released; every updated device logs in and registers again.',
    spans: [{ ...span, untilMs: span.untilMs + windowMs }],
    source: ({ devices }) => ({
      name: 'mobile-release',
      emit(window) {
        const { startMs, random, conditions } = window;
        if (startMs < span.fromMs || startMs >= span.untilMs) {
          return;
        }
        const mean = firstUpdates * conditions.scale * 2 ** -((startMs - span.fromMs) / halvesMs);
        for (let left = poisson(random, mean); left > 0; left--) {
          const startsAtMs = startMs + random.below(windowMs);
          const client = updated(pickClient(random, devices));
          update(new Session(window, { client, startsAtMs, paceMs: 1500, retries: 3 }));
        }
      },
    }),
  };
};

function updated(client: Client): Client {
  return { ...client, userAgent: client.userAgent.replace(/\/[\d.]+/, `/${version}`) };
}

function update(session: Session): void {
  const { random } = session;
  session.call('POST /identity/refresh', { answer: answers.tokenExpired });
  session.call('POST /identity/token', { answer: random.chance(0.1) ? answers.wrongPassword : answers.ok });
  session.call('POST /notifications/devices', { answer: answers.created });
  openApp(session);
  session.call('POST /app/telemetry', { answer: answers.noContent });
  session.call('POST /app/telemetry', { answer: answers.noContent });
}

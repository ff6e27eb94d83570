import { answers } from '../answers.ts';
import { dayMs, hourMs, minuteMs, type TimeSpan } from '../time-window.ts';
import type { Trouble } from '../traffic/conditions.ts';
import type { PlaceEvent } from './benign-event.ts';

const released = ['orders', 'catalog', 'carts', 'pricing', 'identity', 'inventory', 'app'];
const rollsMs = 3 * minuteMs;
const failingShare = 0.15;

/** Every working day one API is deployed: while its instances are replaced, some calls are answered 503. */
export const deployments: PlaceEvent = (month) => {
  const spans: TimeSpan[] = [];
  const troubles: Trouble[] = [];
  for (let dayStartMs = month.fromMs; dayStartMs < month.untilMs; dayStartMs += dayMs) {
    const weekday = new Date(dayStartMs).getUTCDay();
    if (weekday === 0 || weekday === 6) {
      continue;
    }
    const day = Math.round((dayStartMs - month.fromMs) / dayMs);
    const fromMs = dayStartMs + 9 * hourMs + (day % 5) * 70 * minuteMs;
    const span = { fromMs, untilMs: fromMs + rollsMs };
    const apiId = released[day % released.length] ?? 'orders';
    spans.push(span);
    troubles.push({ apiId, span, share: failingShare, answer: answers.backendBusy });
  }
  return {
    name: 'deployments',
    description: 'One API a working day is deployed within three minutes.',
    spans,
    troubles,
  };
};

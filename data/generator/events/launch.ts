import { answers } from '../answers.ts';
import { pickClient } from '../clients.ts';
import { poisson } from '../distributions.ts';
import { hourMs, windowMs } from '../time-window.ts';
import { Session } from '../traffic/session.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const startsAt = [15, 10, 0] as const;
const lastsMs = 6 * hourMs;
/** Visitors in the first window at full size; each hour later half as many come. */
const firstVisitors = 480;
const halvesMs = hourMs;

/** A product is launched and advertised: everybody looks at the same page at once, and some try to buy it. */
export const launch: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, lastsMs);
  return {
    name: 'launch',
    description: 'A product is launched: many times the usual visitors look at one product and fill their carts.',
    spans: [{ ...span, untilMs: span.untilMs + windowMs }],
    source: ({ shoppers }) => ({
      name: 'launch',
      emit(window) {
        const { startMs, random, conditions } = window;
        if (startMs < span.fromMs || startMs >= span.untilMs) {
          return;
        }
        const mean = firstVisitors * conditions.scale * 2 ** -((startMs - span.fromMs) / halvesMs);
        for (let left = poisson(random, mean); left > 0; left--) {
          const startsAtMs = startMs + random.below(windowMs);
          visit(new Session(window, { client: pickClient(random, shoppers), startsAtMs, paceMs: 5000, retries: 1 }));
        }
      },
    }),
  };
};

function visit(session: Session): void {
  const { random } = session;
  session.chosen.product = '23999';
  session.chosen.sku = 'SKU-113999';
  session.call('GET /promotions');
  session.call('GET /catalog/products/{product}');
  session.call('GET /inventory/{sku}');
  if (random.chance(0.4)) {
    session.call('POST /carts', { answer: answers.created });
    session.call('POST /carts/{cart}/items', { answer: answers.created });
    session.call('POST /promotions/validate', { answer: random.chance(0.3) ? answers.badRequest : answers.ok });
    if (random.chance(0.5)) {
      session.call('POST /carts/{cart}/checkout', { answer: random.chance(0.3) ? answers.conflict : answers.ok });
      session.call('POST /payments', { answer: answers.created });
      session.call('POST /orders', { answer: answers.created });
    }
  }
}

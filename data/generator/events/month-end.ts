import { dayMs, hourMs, windowMs } from '../time-window.ts';
import { officeAddressAt } from '../traffic/population.ts';
import { Session } from '../traffic/session.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const startsAt = [28, 8, 0] as const;
const lastsMs = 2 * hourMs;
const officeRank = 1;
/** Invoices fetched in a window at full size. */
const invoicesPerWindow = 260;

/** The books are closed: accounting fetches the month's invoices one by one through the office's address. */
export const monthEnd: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, lastsMs);
  const second = { fromMs: span.fromMs + dayMs, untilMs: span.untilMs + dayMs };
  return {
    name: 'month-end',
    description: "Accounting fetches the month's invoices one by one through the office's address, on two mornings.",
    spans: [span, second],
    operations: ['GET /orders/{order}/invoice', 'GET /supply/invoices'],
    addresses: [officeAddressAt(officeRank)],
    source: ({ office }) => ({
      name: 'month-end',
      emit(window) {
        const { startMs, conditions } = window;
        const client = office.clients[officeRank];
        const isDue = [span, second].some(({ fromMs, untilMs }) => startMs >= fromMs && startMs < untilMs);
        if (client === undefined || !isDue) {
          return;
        }
        const invoices = Math.round(invoicesPerWindow * conditions.scale);
        const session = new Session(window, {
          client,
          startsAtMs: startMs,
          paceMs: windowMs / Math.max(1, invoices) / 1.5,
          retries: 1,
        });
        for (let invoice = 0; invoice < invoices; invoice++) {
          session.forget('order');
          session.call('GET /orders/{order}/invoice');
        }
      },
    }),
  };
};

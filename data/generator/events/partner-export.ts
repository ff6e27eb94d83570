import type { Client } from '../clients.ts';
import { dayMs, hourMs, windowMs } from '../time-window.ts';
import { Session } from '../traffic/session.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

export type ExportFacts = {
  readonly name: string;
  /** Of the first night after the month's start; an export that was there before starts on day 0. */
  readonly firstDay: number;
  readonly hour: number;
  /** Pages that are read every night at full size. */
  readonly pages: number;
  readonly clientIndex: number;
};

/** The client keeps this pace whatever the size, so that an export fills about a window. */
const busyShare = 0.8;

/** A partner's nightly batch: one address reads the whole catalogue and stock page by page, as fast as it may. */
export function partnerExport(facts: ExportFacts): PlaceEvent {
  return (month) => {
    const days = Math.round((month.untilMs - month.fromMs) / dayMs);
    const nights = Array.from({ length: days - facts.firstDay }, (_, night) => facts.firstDay + night);
    return {
      name: facts.name,
      description: `A partner reads ${facts.pages} pages of the catalogue and of the stock every night from one address.`,
      spans: nights.map((day) => spanAt(month, [day, facts.hour, 0], windowMs)),
      operations: ['GET /catalog/products', 'GET /inventory'],
      source: (population) => {
        const client: Client = { address: population.spare(facts.clientIndex), userAgent: 'python-requests/2.32.3' };
        return {
          name: facts.name,
          emit(window) {
            const { startMs, conditions } = window;
            const isDue = (startMs % dayMs) / hourMs === facts.hour && startMs >= month.fromMs + facts.firstDay * dayMs;
            if (!isDue) {
              return;
            }
            const pages = Math.round(facts.pages * conditions.scale);
            const session = new Session(window, {
              client,
              startsAtMs: startMs,
              paceMs: (busyShare * windowMs) / Math.max(1, pages) / 2.8,
              retries: 5,
            });
            for (let page = 1; page <= pages; page++) {
              session.call('GET /catalog/products', { query: `page=${page}&pageSize=100` });
              session.call('GET /inventory', { query: `page=${page}` });
            }
          },
        };
      },
    };
  };
}

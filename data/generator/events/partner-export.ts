import type { Client } from '../clients.ts';
import { dayMs, hourMs, windowMs } from '../time-window.ts';
import { spareAddress } from '../traffic/population.ts';
import { Session } from '../traffic/session.ts';
import type { SourceWindow } from '../traffic/traffic-source.ts';
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

/** The client keeps its pace so that an export fills about a window, whatever its size. */
const busyShare = 0.8;
/** Two calls a page, and the mean of the pauses between calls is 1.4 times their median. */
const mediansPerPage = 2.8;

/** A partner's nightly batch: one address reads the whole catalogue and stock page by page, as fast as it may. */
export function partnerExport({ name, firstDay, hour, pages, clientIndex }: ExportFacts): PlaceEvent {
  return (month) => {
    const days = Math.round((month.untilMs - month.fromMs) / dayMs);
    const nights = Array.from({ length: days - firstDay }, (_, night) => firstDay + night);
    const firstMs = month.fromMs + firstDay * dayMs;
    const client: Client = { address: spareAddress(clientIndex), userAgent: 'python-requests/2.32.3' };
    return {
      name,
      description: `A partner reads ${pages} pages of the catalogue and of the stock every night from one address.`,
      spans: nights.map((day) => spanAt(month, [day, hour, 0], windowMs)),
      operations: ['GET /catalog/products', 'GET /inventory'],
      addresses: [client.address],
      isAnnounced: true,
      source: () => ({
        name,
        emit(window) {
          if (window.startMs >= firstMs && (window.startMs % dayMs) / hourMs === hour) {
            readPages(window, client, Math.round(pages * window.conditions.scale));
          }
        },
      }),
    };
  };
}

function readPages(window: SourceWindow, client: Client, pages: number): void {
  const paceMs = (busyShare * windowMs) / Math.max(1, pages) / mediansPerPage;
  const session = new Session(window, { client, startsAtMs: window.startMs, paceMs, retries: 5 });
  for (let page = 1; page <= pages; page++) {
    session.call('GET /catalog/products', { query: `page=${page}&pageSize=100` });
    session.call('GET /inventory', { query: `page=${page}` });
  }
}

import { answers } from '../answers.ts';
import { poisson } from '../distributions.ts';
import { newRequest } from '../request.ts';
import { intensityAt, officeRhythm } from '../rhythm.ts';
import { windowMs } from '../time-window.ts';
import { platformOperations } from '../traffic/platform-operations.ts';
import { officeAddressAt } from '../traffic/population.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const startsAt = [26, 7, 0] as const;
const lastsMs = 3 * 24 * 60 * 60 * 1000;
const reportsPerWindow = 1.6;
const officeRank = 0;

/**
 * The back office tries a report tool that writes its filter into the address. The firewall takes the filter for SQL
 * injection and blocks it, until an exclusion is made for it.
 */
export const reportTool: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, lastsMs);
  return {
    name: 'report-tool',
    description: 'A new report tool writes filters into the address that the firewall takes for SQL injection.',
    spans: [span],
    addresses: [officeAddressAt(officeRank)],
    source: ({ office }) => ({
      name: 'report-tool',
      emit({ startMs, random, add }) {
        const client = office.clients[officeRank];
        if (client === undefined || startMs < span.fromMs || startMs >= span.untilMs) {
          return;
        }
        for (let left = poisson(random, reportsPerWindow * intensityAt(officeRhythm, startMs)); left > 0; left--) {
          const filter = encodeURIComponent(
            `(Region eq 'North' or Region eq 'East') and Total gt ${random.below(500)}`,
          );
          add(
            newRequest(random, {
              atMs: startMs + random.below(windowMs),
              operation: platformOperations['GET /reports/sales'],
              target: `/reports/sales?filter=${filter}`,
              client,
              answer: answers.ok,
              firewallRules: ['942430', '942130'],
            }),
          );
        }
      },
    }),
  };
};

import { answers } from '../answers.ts';
import { newRequest } from '../request.ts';
import { probes } from '../sources/scanners.ts';
import { windowMs } from '../time-window.ts';
import { spareAddress } from '../traffic/population.ts';
import { type PlaceEvent, spanAt } from './benign-event.ts';

const startsAt = [19, 22, 0] as const;
const lastsMs = 2 * windowMs;
const roundsPerWindow = 12;
const client = { address: spareAddress(10), userAgent: 'ContosoSecurityScan/7.1' };

/** Contoso's own vulnerability scan, announced and from a known address: to a firewall it looks like any other. */
export const authorisedScan: PlaceEvent = (month) => {
  const span = spanAt(month, startsAt, lastsMs);
  return {
    name: 'authorised-scan',
    description: "Contoso's own vulnerability scanner tries everything, SQL injection among it, from a known address.",
    spans: [span],
    addresses: [client.address],
    isAnnounced: true,
    source: () => ({
      name: 'authorised-scan',
      emit({ startMs, random, add }) {
        if (startMs < span.fromMs || startMs >= span.untilMs) {
          return;
        }
        for (let round = 0; round < roundsPerWindow; round++) {
          for (const [target, firewallRules] of probes) {
            const atMs = startMs + random.below(windowMs);
            add(newRequest(random, { atMs, target, client, answer: answers.unknownOperation, firewallRules }));
          }
        }
      },
    }),
  };
};

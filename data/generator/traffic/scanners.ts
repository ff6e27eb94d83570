import { answers } from '../answers.ts';
import { documentationAddresses } from '../clients.ts';
import { poisson } from '../distributions.ts';
import { newRequest } from '../request.ts';
import { probes as probedTargets } from '../sources/scanners.ts';
import { dayMs, windowMs } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';
import type { TrafficSource } from './traffic-source.ts';

const visitsPerDay = 6;
const askedShare = 0.5;
const addresses = documentationAddresses('203.0.113', 100, 125);

/**
 * Internet background noise: a scanner asks for a dozen well-known weak spots and goes on, one SQL injection among them,
 * fewer than an attack. Its addresses change by the hour, so that two visits never add up to one.
 */
export function scanners(): TrafficSource {
  return {
    name: 'scanners',
    emit({ startMs, random, conditions, add }) {
      const mean = (visitsPerDay * windowMs) / dayMs;
      for (let left = Math.min(2, poisson(random, mean * Math.min(1, conditions.scale))); left > 0; left--) {
        const turn = (startMs / windowMs) * 2 + left;
        const address = addresses[turn % addresses.length] ?? '';
        const client = { address, userAgent: random.pick(userAgents.scanners) };
        let atMs = startMs + random.below(windowMs / 2);
        for (const [target, rules] of probedTargets) {
          if (random.chance(askedShare)) {
            atMs += 300 + random.below(9000);
            const firewallRules = client.userAgent === '' ? [...rules, '920320'] : rules;
            add(newRequest(random, { atMs, target, client, answer: answers.unknownOperation, firewallRules }));
          }
        }
      }
    },
  };
}

import { answers } from '../answers.ts';
import { benchmarkAddress, type Client } from '../clients.ts';
import { operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { hourMs, type TimeSpan, windowMs, windowsIn } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';

/** Below the hundred calls from which a single address can be a spike: known, wanted and noisy. */
const fewestCalls = 62;
const mostCalls = 92;
const rateLimitedShare = 0.06;

/** A price comparison reads products on Monday and Thursday nights from one address and runs into the rate limit. */
export function crawlerTraffic(random: Random, span: TimeSpan): ApiRequest[] {
  const client: Client = { address: benchmarkAddress(5000), userAgent: userAgents.crawler[0] };
  const requests: ApiRequest[] = [];
  for (const start of windowsIn(span)) {
    const weekday = new Date(start).getUTCDay();
    const hour = Math.floor((start / hourMs) % 24);
    if (hour !== 1 || (weekday !== 1 && weekday !== 4)) {
      continue;
    }
    const visit = random.fork(start);
    const calls = fewestCalls + visit.below(mostCalls - fewestCalls);
    for (let call = 0; call < calls; call++) {
      const answer = visit.chance(rateLimitedShare) ? answers.rateLimited : answers.ok;
      const atMs = start + Math.floor((call / calls) * windowMs) + visit.below(3000);
      const target = `/catalog/products/${10_000 + visit.below(4000)}`;
      requests.push(newRequest(visit, { atMs, operation: operations.readProduct, target, client, answer }));
    }
  }
  return requests;
}

import { answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { estate } from '../estate.ts';
import { operations } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { minuteMs, type TimeSpan } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';

const everyMs = 10 * minuteMs;

/** The availability probe inside the virtual network: every ten minutes, without X-Forwarded-For. */
export function probeTraffic(random: Random, span: TimeSpan): ApiRequest[] {
  const client: Client = { address: estate.probeAddress, userAgent: userAgents.probe[0], inside: true };
  const requests: ApiRequest[] = [];
  for (let dueMs = Math.ceil(span.fromMs / everyMs) * everyMs; dueMs < span.untilMs; dueMs += everyMs) {
    const atMs = dueMs + 200 + random.below(900);
    const answer = random.chance(0.001) ? answers.backendBusy : answers.ok;
    requests.push(
      newRequest(random, { atMs, operation: operations.readStatus, target: '/catalog/status', client, answer }),
    );
  }
  return requests;
}

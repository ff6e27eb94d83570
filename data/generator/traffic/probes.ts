import { answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { estate } from '../estate.ts';
import { minuteMs, windowMs } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';
import { Session } from './session.ts';
import { type TrafficSource, thinned } from './traffic-source.ts';

const everyMs = 2 * minuteMs;

/** The availability probe inside the virtual network, without X-Forwarded-For: every two minutes at full size. */
export function probes(): TrafficSource {
  const client: Client = { address: estate.probeAddress, userAgent: userAgents.probe[0], inside: true };
  return {
    name: 'probes',
    emit(window) {
      const { startMs, conditions, random } = window;
      for (let dueMs = startMs; dueMs < startMs + windowMs; dueMs += everyMs) {
        if (thinned(dueMs / everyMs, Math.min(1, conditions.scale)) > 0) {
          const session = new Session(window, { client, startsAtMs: dueMs, paceMs: 400, retries: 1 });
          session.call('GET /catalog/status', { answer: random.chance(0.001) ? answers.backendBusy : answers.ok });
          session.call('GET /stores');
        }
      }
    },
  };
}

import { type Answer, answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { GeneratorError } from '../generator-error.ts';
import type { Operation } from '../operations.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { windowMs } from '../time-window.ts';
import { fillPath } from '../traffic/path-template.ts';
import { userAgents } from '../user-agents.ts';

/** Attackers: one for each address, with the tool that it uses. */
export function attackers(random: Random, addresses: readonly string[]): readonly Client[] {
  return addresses.map((address) => ({ address, userAgent: random.pick(userAgents.attackTools) }));
}

export type Wave = {
  readonly startMs: number;
  readonly operation: Operation;
  readonly clients: readonly Client[];
  readonly count: number;
  readonly query?: (index: number) => string;
  readonly answer?: Answer;
};

/** So many calls of an operation, spread over the window, each client in turn. */
export function placeRequests(random: Random, wave: Wave): ApiRequest[] {
  const { startMs, operation, clients, count, query, answer = answers.ok } = wave;
  const first = clients[0];
  if (first === undefined) {
    throw new GeneratorError('bad-input', 'an attack without attackers', 'Give at least one address.');
  }
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const path = fillPath(operation, random);
    return newRequest(random, {
      atMs: startMs + random.below(windowMs),
      operation,
      target: query === undefined ? path : `${path}?${query(index)}`,
      client: clients[index % clients.length] ?? first,
      answer,
    });
  });
}

/** What an operation answers when it works: what was made, what was changed, what was found. */
export function successOf({ method, id }: Operation): Answer {
  if (method === 'POST' && !id.startsWith('POST /identity')) {
    return answers.created;
  }
  return method === 'GET' || method === 'POST' ? answers.ok : answers.noContent;
}

import { type Answer, answers } from '../answers.ts';
import type { Client } from '../clients.ts';
import { logNormal } from '../distributions.ts';
import type { Operation } from '../operations.ts';
import type { Random } from '../random.ts';
import { drawPort, newRequest } from '../request.ts';
import { secondMs } from '../time-window.ts';
import { type ChosenIdentifiers, fillPath } from './path-template.ts';
import { type PlatformOperationId, platformOperations } from './platform-operations.ts';
import type { SourceWindow } from './traffic-source.ts';

export type SessionShape = {
  readonly client: Client;
  readonly startsAtMs: number;
  /** The median time between two calls. */
  readonly paceMs: number;
  /** How often a call that failed with 5XX is sent again; apps and integrations do, people do not. */
  readonly retries: number;
};

export type CallFacts = {
  /** Without the question mark. */
  readonly query?: string;
  /** 200 where absent. */
  readonly answer?: Answer;
  readonly firewallRules?: readonly string[];
};

/** What goes wrong on any call, whoever is asked. */
const mishaps: readonly (readonly [share: number, answer: Answer])[] = [
  [0.002, answers.backendFault],
  [0.001, answers.backendBusy],
  [0.0006, answers.backendUnreachable],
  [0.0005, answers.callerGone],
  [0.0004, answers.backendTimeout],
  [0.0015, answers.rateLimited],
];
const mishapShare = mishaps.reduce((total, [share]) => total + share, 0);

/** A client at work: one connection, a clock that runs on from call to call, and the identifiers that it deals with. */
export class Session {
  readonly random: Random;
  readonly chosen: ChosenIdentifiers = {};
  readonly #window: SourceWindow;
  readonly #shape: SessionShape;
  readonly #port: number;
  #atMs: number;

  constructor(window: SourceWindow, shape: SessionShape) {
    this.random = window.random;
    this.#window = window;
    this.#shape = shape;
    this.#port = drawPort(window.random);
    this.#atMs = shape.startsAtMs;
  }

  get atMs(): number {
    return this.#atMs;
  }

  /** Calls an operation after a pause; the status that came in the end, retries included. */
  call(id: PlatformOperationId, facts: CallFacts = {}): number {
    const operation = platformOperations[id];
    const path = fillPath(operation, this.random, this.chosen);
    const target = facts.query === undefined ? path : `${path}?${facts.query}`;
    this.#atMs += Math.round(logNormal(this.random, this.#shape.paceMs, 0.8));
    let status = this.#send(operation, target, facts);
    let pauseMs = secondMs;
    for (let left = this.#shape.retries; left > 0 && status >= 500; left--) {
      this.#atMs += pauseMs + this.random.below(pauseMs);
      pauseMs *= 2;
      status = this.#send(operation, target, facts);
    }
    return status;
  }

  /** Puts an identifier aside, so that the next call of its name draws another. */
  forget(name: string): void {
    this.chosen[name] = undefined;
  }

  #send(operation: Operation, target: string, facts: CallFacts): number {
    const { random, conditions, add } = this.#window;
    const atMs = this.#atMs;
    const answer = conditions.troubleAt(operation.api.id, atMs, random) ?? this.#mishap() ?? facts.answer ?? answers.ok;
    const { client } = this.#shape;
    const { firewallRules = noRules } = facts;
    add(newRequest(random, { atMs, operation, target, client, answer, firewallRules, port: this.#port }));
    return answer.status;
  }

  #mishap(): Answer | undefined {
    let drawn = this.random.unit();
    if (drawn >= mishapShare) {
      return undefined;
    }
    return mishaps.find(([share]) => {
      drawn -= share;
      return drawn < 0;
    })?.[1];
  }
}

const noRules: readonly string[] = [];

import type { Answer } from './answers.ts';
import type { Client } from './clients.ts';
import { logNormal } from './distributions.ts';
import type { Operation } from './operations.ts';
import type { Random } from './random.ts';

/**
 * One request as its sender made it and as it was answered. It becomes rows only at the end: what the firewall in front
 * stops never reaches API Management's log.
 */
export type ApiRequest = {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly atMs: number;
  /** Undefined where no operation of an API matches. */
  readonly operation: Operation | undefined;
  readonly method: string;
  /** Path and query as sent, percent-encoded by the sender or not. */
  readonly target: string;
  readonly client: Client;
  readonly port: number;
  readonly answer: Answer;
  readonly isCached: boolean;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly clientMs: number;
  readonly backendMs: number;
  readonly totalMs: number;
  /** Ids of the firewall's rules that the request would match, whatever rule set is active. */
  readonly firewallRules: readonly string[];
};

export type RequestFacts = {
  readonly atMs: number;
  readonly operation?: Operation;
  /** Of the operation where there is one. */
  readonly method?: string;
  readonly target: string;
  readonly client: Client;
  readonly answer: Answer;
  readonly firewallRules?: readonly string[];
  /** The client's end of the connection; drawn where absent, and the same for all requests of one connection. */
  readonly port?: number;
};

const noRules: readonly string[] = [];
/** What an unanswered backend costs: API Management's own default is 300 s, the sample's policies set 20 s. */
const backendTimeoutMs = 20_000;
const errorBodyBytes = 260;

/** Fills in sizes and times that fit the operation and the answer. */
export function newRequest(random: Random, facts: RequestFacts): ApiRequest {
  const { operation, answer } = facts;
  const isCached = answer.status === 200 && random.chance(operation?.cachedShare ?? 0);
  const backendMs = isCached ? 0 : backendTime(random, operation, answer);
  const clientMs = Math.floor(random.unit() * 12);
  return {
    atMs: facts.atMs,
    operation,
    method: operation?.method ?? facts.method ?? 'GET',
    target: facts.target,
    client: facts.client,
    port: facts.port ?? drawPort(random),
    answer,
    isCached,
    requestBytes: varied(random, operation?.requestBytes ?? 420, 0.1) + facts.target.length,
    responseBytes: varied(
      random,
      isSuccess(answer) ? (operation?.responseBytes ?? errorBodyBytes) : errorBodyBytes,
      0.25,
    ),
    clientMs,
    backendMs,
    totalMs: backendMs + clientMs + 1 + random.below(4),
    firewallRules: facts.firewallRules ?? noRules,
  };
}

export function drawPort(random: Random): number {
  return 1024 + random.below(64_000);
}

/** 2xx and 3xx, as the column IsRequestSuccess has it. */
export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 400;
}

/** Undefined operations never reach a backend; an answer without a backend's status cost no time there either. */
function backendTime(random: Random, operation: Operation | undefined, answer: Answer): number {
  if (answer.error?.reason === 'Timeout') {
    return backendTimeoutMs + random.below(40);
  }
  if (operation === undefined || answer.backendStatus === undefined) {
    return 0;
  }
  return varied(random, operation.backendMs, 0.45);
}

function varied(random: Random, median: number, spread: number): number {
  return Math.max(1, Math.round(logNormal(random, median, spread)));
}

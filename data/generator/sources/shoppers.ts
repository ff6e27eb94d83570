import { type Answer, answers } from '../answers.ts';
import { benchmarkAddress, type Client, type ClientPool, clientPool, pickClient } from '../clients.ts';
import { geometric, logNormal, poisson } from '../distributions.ts';
import { type Operation, operations } from '../operations.ts';
import { isDown } from '../outages.ts';
import type { Random } from '../random.ts';
import { type ApiRequest, newRequest } from '../request.ts';
import { intensityAt, shoppingRhythm } from '../rhythm.ts';
import { hourMs, type TimeSpan, windowMs, windowsIn } from '../time-window.ts';
import { userAgents } from '../user-agents.ts';
import { orderTarget } from './couriers.ts';

/** Sessions that start in a window of intensity 1. */
const sessionsPerWindow = 3;
const betweenClicksMs = 7000;
const poolSize = 6000;
const proxiedShare = 0.01;

/** What goes wrong on any call, whoever is asked. */
const mishaps: readonly (readonly [share: number, answer: Answer])[] = [
  [0.003, answers.rateLimited],
  [0.002, answers.backendFault],
  [0.001, answers.backendBusy],
  [0.0006, answers.backendUnreachable],
  [0.0004, answers.backendTimeout],
  [0.0005, answers.callerGone],
];

/** What people look for, with how they spell it; the rules that such a text matches weigh too little to block it. */
const searches: readonly (readonly [text: string, firewallRules: readonly string[]])[] = [
  ['rain jacket', []],
  ['running shoes 42', []],
  ['tent 3 person', []],
  ['headlamp', []],
  ['water bottle 1l', []],
  ['sleeping bag -5', []],
  ['trekking poles', []],
  ['größe 42 schuhe', []],
  ['chaussures été', []],
  ['防水ジャケット', []],
  ["women's (rain) jacket; size 'M'", ['942430']],
  ['o\'neill & sons "classic" {blue} 50%', ['942430']],
];

/**
 * Shoppers come in sessions: some log in, they list, search and look at products, some order and follow the order. A
 * heavy tail of addresses, among them offices and mobile carriers that many people share.
 */
export function shopperTraffic(random: Random, span: TimeSpan): ApiRequest[] {
  const pool = withProxies(random.fork('proxies'), shopperPool(random.fork('pool')));
  const requests: ApiRequest[] = [];
  for (const start of windowsIn(span)) {
    const window = random.fork(start);
    const sessions = poisson(window, sessionsPerWindow * intensityAt(shoppingRhythm, start + windowMs / 2));
    for (let session = 0; session < sessions; session++) {
      visit(new Visit(window, pickClient(window, pool), start + window.below(windowMs), requests));
    }
  }
  return requests;
}

function shopperPool(random: Random): ClientPool {
  return clientPool(random, { size: poolSize, firstIndex: 10_000, userAgents: userAgents.browsers, inequality: 0.9 });
}

function withProxies(random: Random, pool: ClientPool): ClientPool {
  const clients = pool.clients.map((client): Client => {
    return random.chance(proxiedShare) ? { ...client, forwardedBy: benchmarkAddress(5100 + random.below(8)) } : client;
  });
  return { ...pool, clients };
}

/** One session: a clock that runs on from click to click, and where the calls go. */
class Visit {
  readonly random: Random;
  readonly #client: Client;
  readonly #requests: ApiRequest[];
  readonly #tokenEndsAtMs: number;
  #atMs: number;

  constructor(random: Random, client: Client, startsAtMs: number, requests: ApiRequest[]) {
    this.random = random;
    this.#client = client;
    this.#requests = requests;
    this.#atMs = startsAtMs;
    // A token lives an hour; a few come back to the app with one that is about to end.
    this.#tokenEndsAtMs = startsAtMs + (random.chance(0.03) ? random.below(60_000) : hourMs);
  }

  call(operation: Operation, target: string, wanted: Answer, firewallRules: readonly string[] = []): Answer {
    this.#atMs += Math.round(logNormal(this.random, betweenClicksMs, 0.8));
    const atMs = this.#atMs;
    const answer = isDown(operation.api.id, atMs) ? answers.backendUnreachable : (this.#mishap() ?? wanted);
    const client = this.#client;
    this.#requests.push(newRequest(this.random, { atMs, operation, target, client, answer, firewallRules }));
    return answer;
  }

  /** A call that needs a token: with one that has ended it is refused, the app fetches a new one and calls again. */
  callWithToken(operation: Operation, target: string, wanted: Answer): Answer {
    if (this.#atMs > this.#tokenEndsAtMs && this.random.chance(0.5)) {
      this.call(operation, target, answers.tokenExpired);
      this.call(operations.issueToken, '/customers/token', answers.ok);
    }
    return this.call(operation, target, wanted);
  }

  get atMs(): number {
    return this.#atMs;
  }

  #mishap(): Answer | undefined {
    let drawn = this.random.unit();
    return mishaps.find(([share]) => {
      drawn -= share;
      return drawn < 0;
    })?.[1];
  }
}

function visit(session: Visit): void {
  const { random } = session;
  const isCustomer = random.chance(0.35) && logIn(session);
  browse(session);
  if (!isCustomer) {
    return;
  }
  const profile = `/customers/C${10_000_000 + random.below(90_000)}`;
  if (random.chance(0.35)) {
    session.callWithToken(operations.readCustomer, profile, random.chance(0.01) ? answers.claimNotAllowed : answers.ok);
  }
  if (random.chance(0.04)) {
    session.callWithToken(operations.changeCustomer, profile, random.chance(0.15) ? answers.badRequest : answers.ok);
  }
  if (random.chance(0.3)) {
    order(session);
  }
}

function logIn(session: Visit): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = session.random.chance(0.1) ? answers.wrongPassword : answers.ok;
    if (session.call(operations.issueToken, '/customers/token', answer).status === 200) {
      return true;
    }
  }
  return false;
}

function browse(session: Visit): void {
  const { random } = session;
  const category = random.pick(['jackets', 'shoes', 'tents', 'lamps', 'bottles', 'maps']);
  let page = 1;
  for (let clicks = 1 + geometric(random, 3.2); clicks > 0; clicks--) {
    const drawn = random.unit();
    if (drawn < 0.35) {
      session.call(
        operations.listProducts,
        `/catalog/products?category=${category}&page=${page}&pageSize=24`,
        answers.ok,
      );
      page++;
    } else if (drawn < 0.55) {
      const [text, firewallRules] = random.pick(searches);
      const sort = random.pick(['relevance', 'price', 'newest']);
      session.call(
        operations.searchProducts,
        `/catalog/search?q=${encodeURIComponent(text)}&sort=${sort}`,
        answers.ok,
        firewallRules,
      );
    } else {
      const answer = random.chance(0.015) ? answers.notFound : answers.ok;
      session.call(operations.readProduct, `/catalog/products/${10_000 + random.below(4000)}`, answer);
    }
  }
}

function order(session: Visit): void {
  const { random } = session;
  const outcome = random.chance(0.02) ? answers.conflict : answers.created;
  if (session.callWithToken(operations.createOrder, '/orders', outcome).status !== 201) {
    return;
  }
  const target = orderTarget(random, session.atMs);
  for (let looks = 1 + geometric(random, 0.9); looks > 0; looks--) {
    session.callWithToken(operations.readOrder, target, answers.ok);
  }
}

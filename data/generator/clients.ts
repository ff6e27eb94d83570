import { heavyTail, pickIndex } from './distributions.ts';
import { GeneratorError } from './generator-error.ts';
import type { Random } from './random.ts';

/**
 * Who sends requests. Behind a forward proxy (`forwardedBy`) the gateway sees the proxy, which names the address in
 * X-Forwarded-For. A client that is `inside` the virtual network calls API Management without the gateway.
 */
export type Client = {
  readonly address: string;
  readonly userAgent: string;
  readonly forwardedBy?: string;
  readonly inside?: true;
};

/** Clients and the running totals of how much each of them calls. */
export type ClientPool = { readonly clients: readonly Client[]; readonly totals: Float64Array };

const hostsPerNetwork = 254;
const benchmarkNetworks = 512;
const benchmarkHosts = hostsPerNetwork * benchmarkNetworks;
/** Shares no factor with the number of hosts, so that stepping by it visits every host once. */
const benchmarkStep = 40503;

/**
 * One of 130,048 addresses of 198.18.0.0/15, which RFC 2544 sets aside for benchmarks: no real owner is ever named.
 * Different indexes give different addresses, scattered so that neighbours do not stand side by side.
 */
export function benchmarkAddress(index: number): string {
  const host = (index * benchmarkStep + 977) % benchmarkHosts;
  const network = Math.floor(host / hostsPerNetwork);
  return `198.${18 + (network >> 8)}.${network & 255}.${1 + (host % hostsPerNetwork)}`;
}

/** A network of RFC 5737; attackers come from these only. */
export type DocumentationNetwork = '192.0.2' | '198.51.100' | '203.0.113';

/** The addresses of a documentation network whose last number lies in the range, both ends included. */
export function documentationAddresses(network: DocumentationNetwork, first = 1, last = 254): string[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => `${network}.${first + offset}`);
}

/** An address of 2001:db8::/32, the documentation range of RFC 3849, in the canonical form of RFC 5952. */
export function documentationIpv6(network: number, host: number): string {
  const low = host & 0xffff;
  const high = Math.floor(host / 0x1_0000) + 1;
  return `2001:db8:${network.toString(16)}:${high.toString(16)}::${(low + 1).toString(16)}`;
}

export type PoolShape = {
  /** How many clients. */
  readonly size: number;
  /** Of the first client among the benchmark addresses; pools must not overlap. */
  readonly firstIndex: number;
  readonly userAgents: readonly string[];
  /** 0 is all alike; about 1 is the web's usual heavy tail. */
  readonly inequality: number;
};

export function clientPool(random: Random, shape: PoolShape): ClientPool {
  const clients = Array.from({ length: shape.size }, (_, offset) => ({
    address: benchmarkAddress(shape.firstIndex + offset),
    userAgent: random.pick(shape.userAgents),
  }));
  return { clients, totals: heavyTail(shape.size, shape.inequality, shape.size / 100) };
}

export function pickClient(random: Random, pool: ClientPool): Client {
  return pool.clients[pickIndex(random, pool.totals)] as Client;
}

/** Different clients, the busy ones more likely. */
export function pickClients(random: Random, pool: ClientPool, count: number): Client[] {
  if (count > pool.clients.length / 2) {
    throw new GeneratorError('bad-input', `${count} different clients of ${pool.clients.length}`, 'Use a larger pool.');
  }
  const chosen = new Set<number>();
  while (chosen.size < count) {
    chosen.add(pickIndex(random, pool.totals));
  }
  return [...chosen].map((index) => pool.clients[index] as Client);
}

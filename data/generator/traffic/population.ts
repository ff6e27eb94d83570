import { benchmarkAddress, type Client, type ClientPool, documentationIpv6 } from '../clients.ts';
import { heavyTail } from '../distributions.ts';
import type { Random } from '../random.ts';
import { userAgents } from '../user-agents.ts';

/** Who calls the platform when nobody attacks; the groups share no address except where people share one. */
export type Population = {
  readonly shoppers: ClientPool;
  readonly devices: ClientPool;
  readonly couriers: ClientPool;
  readonly shops: ClientPool;
  readonly partners: ClientPool;
  readonly suppliers: ClientPool;
  readonly office: ClientPool;
  readonly crawlers: ClientPool;
};

/** How many of each at full size; below it they shrink with the traffic, and what is few stays few. */
export const sizes = {
  shoppers: 17_000,
  devices: 9_000,
  couriers: 700,
  shops: 120,
  partners: 24,
  suppliers: 80,
} as const;
const fewest = { shoppers: 300, devices: 200, couriers: 40, shops: 20, partners: 12, suppliers: 20 } as const;
const tillsPerShop = 3;
const officePeople = 120;
const officeAddresses = 3;
const crawlerAddresses = 8;

/** All benchmark addresses are 130,048; what lies past these is given IPv6 addresses, of which there is no end. */
const firstIndexes = {
  spare: 0,
  office: 200,
  crawlers: 300,
  partners: 400,
  suppliers: 1000,
  shops: 3000,
  couriers: 6000,
  carriers: 12_000,
  devices: 13_000,
  shoppers: 60_000,
} as const;
const carrierAddresses = 24;
const v4Devices = 40_000;
const v4Shoppers = 70_000;

/** Of ten devices five are behind a carrier's shared address, three have IPv6, two an address of their own. */
const sharedShare = 0.5;
const ipv6Share = 0.3;
/** Offices whose forward proxy names the client. */
const proxiedShare = 0.01;

export function createPopulation(random: Random, scale: number): Population {
  const size = (group: keyof typeof sizes): number => Math.max(fewest[group], Math.round(sizes[group] * scale));
  const own =
    (first: number, agents: readonly string[]) =>
    (rank: number, draws: Random): Client => {
      return { address: benchmarkAddress(first + rank), userAgent: draws.pick(agents) };
    };
  const group = (name: string, count: number, inequality: number, make: MakeClient): ClientPool => {
    const draws = random.fork(name);
    const clients = Array.from({ length: count }, (_, rank) => make(rank, draws));
    return { clients, totals: heavyTail(count, inequality, count / 50) };
  };
  return {
    shoppers: group('shoppers', size('shoppers'), 0.75, shopper),
    devices: group('devices', size('devices'), 0.6, device),
    couriers: group('couriers', size('couriers'), 0.3, own(firstIndexes.couriers, userAgents.couriers)),
    shops: group('shops', tillsPerShop * size('shops'), 0.5, till),
    partners: group('partners', size('partners'), 0.7, own(firstIndexes.partners, userAgents.partners)),
    suppliers: group('suppliers', size('suppliers'), 0.8, own(firstIndexes.suppliers, userAgents.partners)),
    office: group('office', officePeople, 0.5, officeWorker),
    crawlers: group('crawlers', crawlerAddresses, 0, own(firstIndexes.crawlers, userAgents.crawler)),
  };
}

/** One of 200 addresses that no group uses, for who comes once. */
export function spareAddress(index: number): string {
  return benchmarkAddress(firstIndexes.spare + index);
}

/** One of the addresses that the office works behind. */
export function officeAddressAt(rank: number): string {
  return benchmarkAddress(firstIndexes.office + rank);
}

/** The tills of a shop share its address. */
function till(rank: number, random: Random): Client {
  const address = benchmarkAddress(firstIndexes.shops + Math.floor(rank / tillsPerShop));
  return { address, userAgent: random.pick(userAgents.tills) };
}

/** People of the office, by turns behind each of its addresses. */
function officeWorker(rank: number, random: Random): Client {
  return { address: officeAddressAt(rank % officeAddresses), userAgent: random.pick(userAgents.browsers) };
}

type MakeClient = (rank: number, random: Random) => Client;

function shopper(rank: number, random: Random): Client {
  const userAgent = random.pick(userAgents.browsers);
  const address = rank < v4Shoppers ? benchmarkAddress(firstIndexes.shoppers + rank) : documentationIpv6(1, rank);
  return random.chance(proxiedShare)
    ? { address, userAgent, forwardedBy: benchmarkAddress(firstIndexes.office + 50 + random.below(8)) }
    : { address, userAgent };
}

function device(rank: number, random: Random): Client {
  const userAgent = random.pick(userAgents.app);
  const drawn = random.unit();
  if (drawn < sharedShare) {
    return { address: benchmarkAddress(firstIndexes.carriers + random.below(carrierAddresses)), userAgent };
  }
  const isIpv6 = drawn < sharedShare + ipv6Share || rank >= v4Devices;
  return { address: isIpv6 ? documentationIpv6(2, rank) : benchmarkAddress(firstIndexes.devices + rank), userAgent };
}

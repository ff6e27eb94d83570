import type { Random } from './random.ts';
import type { ApiRequest } from './request.ts';
import {
  courierVolume,
  month,
  settlementOpensAtMs,
  settlementVolume,
  shopTillVolume,
  spikeOfOneAddress,
} from './sample-month.ts';
import { courierTraffic } from './sources/couriers.ts';
import { crawlerTraffic } from './sources/crawler.ts';
import { hostileContent } from './sources/hostile-content.ts';
import { probeTraffic } from './sources/probe.ts';
import { scannerTraffic } from './sources/scanners.ts';
import { settlementTraffic } from './sources/settlement-partners.ts';
import { shopTillTraffic } from './sources/shop-tills.ts';
import { shopperTraffic } from './sources/shoppers.ts';
import { contains } from './time-window.ts';
import { switchedOffAtMs } from './waf/policy-history.ts';

/** Who sends requests over the month when nobody attacks; each source draws from a stream of its own. */
const sources: Readonly<Record<string, (random: Random) => ApiRequest[]>> = {
  couriers: (random) => courierTraffic(random, month, courierVolume),
  'shop-tills': (random) => shopTillTraffic(random, month, shopTillVolume, spikeOfOneAddress.usual),
  'settlement-partners': (random) =>
    settlementTraffic(random, { ...month, fromMs: settlementOpensAtMs }, settlementVolume),
  shoppers: (random) => shopperTraffic(random, month),
  crawler: (random) => crawlerTraffic(random, month),
  probe: (random) => probeTraffic(random, month),
  scanners: (random) => scannerTraffic(random, month),
  'hostile-content': (random) => hostileContent(random, month, [switchedOffAtMs]),
};

/** All usual requests of the month, in no order; what a session carries past the month's end is left out. */
export function monthTraffic(random: Random): ApiRequest[] {
  return Object.entries(sources).flatMap(([name, traffic]) =>
    traffic(random.fork(name)).filter(({ atMs }) => contains(month, atMs)),
  );
}

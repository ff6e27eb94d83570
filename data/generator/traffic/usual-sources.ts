import { couriers } from './couriers.ts';
import { crawlers } from './crawlers.ts';
import { devices } from './devices.ts';
import { office } from './office.ts';
import { partners } from './partners.ts';
import type { Population } from './population.ts';
import { probes } from './probes.ts';
import { scanners } from './scanners.ts';
import { settlement } from './settlement.ts';
import { shoppers } from './shoppers.ts';
import { suppliers } from './suppliers.ts';
import { tills } from './tills.ts';
import type { TrafficSource } from './traffic-source.ts';

const sources: readonly ((population: Population) => TrafficSource)[] = [
  shoppers,
  devices,
  couriers,
  tills,
  partners,
  settlement,
  suppliers,
  office,
  crawlers,
  probes,
  scanners,
];

/** Everybody who calls the platform on any day, in the order in which equal times are kept. */
export function usualSources(population: Population): readonly TrafficSource[] {
  return sources.map((create) => create(population));
}

import { documentationAddresses, documentationIpv6 } from '../clients.ts';

const v4 = [...documentationAddresses('192.0.2'), ...documentationAddresses('198.51.100')];
/** The part of the documentation range of RFC 3849 that attackers have for themselves. */
const network = 0xbad;

/** So many addresses under one command: some of IPv4, then as many of IPv6 as are missing; `index` tells botnets apart. */
export function botnet(index: number, count: number): readonly string[] {
  const first = (index * 37) % v4.length;
  return Array.from({ length: count }, (_, bot) => {
    return bot < v4.length / 2
      ? (v4[(first + bot) % v4.length] as string)
      : documentationIpv6(network, index * 4096 + bot);
  });
}

/** An address of somebody who attacks alone: 203.0.113.1 to .99. */
export function loneAddress(index: number): string {
  return `203.0.113.${1 + (index % 99)}`;
}

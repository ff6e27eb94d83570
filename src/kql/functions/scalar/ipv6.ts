import { formatIpv6, IPV6_BITS, maskBits, parseIpv6 } from '../ip-address.ts';
import { compareNetworks, isInAnyRange, isInRange } from '../ip-network.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** Comparisons know ::a.b.c.d as the IPv4 address in it. */
const parseForComparison = (text: string) => parseIpv6(text, true);

function canonical(ip: string, prefix = BigInt(IPV6_BITS)): string {
  const network = parseIpv6(ip);
  if (network === undefined || prefix < 0n || prefix > BigInt(IPV6_BITS)) return '';
  return formatIpv6(maskBits(network.address, Math.min(network.prefix, Number(prefix)), IPV6_BITS));
}

export const ipv6Functions: readonly ScalarFunction[] = [
  {
    name: 'parse_ipv6',
    signature: 'parse_ipv6(ip: string): string',
    summary: 'An IPv6 or IPv4 address in full, the bits beyond its prefix cleared; empty where the text is none.',
    page: 'parse-ipv6-function',
    overloads: [{ parameters: ['string'], returns: 'string', evaluate: (ip: string) => canonical(ip) }],
  },
  {
    name: 'parse_ipv6_mask',
    signature: 'parse_ipv6_mask(ip: string, prefix: long): string',
    summary: 'The first bits of an IPv6 or IPv4 address, in full.',
    page: 'parse-ipv6-mask-function',
    overloads: [{ parameters: ['string', 'long'], returns: 'string', evaluate: canonical }],
  },
  ...compareNetworks('ipv6', IPV6_BITS, parseForComparison),
  isInRange('ipv6', IPV6_BITS, parseForComparison),
  isInAnyRange('ipv6', IPV6_BITS, parseForComparison),
];

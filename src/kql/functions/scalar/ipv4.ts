import type { ColumnType, Value } from '../../values/value.ts';
import { formatIpv4, IPV4_BITS, type IpNetwork, maskBits, parseIpv4 } from '../ip-address.ts';
import { compareNetworks, isInAnyRange, isInRange } from '../ip-network.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** The network with a prefix that is not longer than the one given; undefined where that is none. */
function narrowed(network: IpNetwork | undefined, prefix = 32n): IpNetwork | undefined {
  if (network === undefined || prefix < 0n || prefix > 32n) return undefined;
  return { address: network.address, prefix: Math.min(network.prefix, Number(prefix)) };
}

const masked = ({ address, prefix }: IpNetwork): bigint => maskBits(address, prefix, IPV4_BITS);

/** Text as an address, or a number in big-endian order. */
function toNetwork(value: Value, type: ColumnType): IpNetwork | undefined {
  if (type === 'string') return parseIpv4(value as string);
  if (type !== 'long' && type !== 'int') return undefined;
  const address = BigInt(value as bigint | number);
  return address >= 0n && address < 1n << 32n ? { address, prefix: IPV4_BITS } : undefined;
}

function formatFunction(name: string, summary: string, print: (network: IpNetwork) => string): ScalarFunction {
  return {
    name,
    signature: `${name}(ip: string | long [, prefix: long]): string`,
    summary,
    page: `${name.replaceAll('_', '-')}-function`,
    overloads: [
      {
        parameters: ['any', 'long'],
        optional: 1,
        returns: 'string',
        prepare:
          (_context, _constants, [type = 'string']) =>
          (ip: Value, prefix?: bigint) => {
            const network = narrowed(toNetwork(ip, type), prefix);
            return network === undefined ? '' : print(network);
          },
      },
    ],
  };
}

/** 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 (RFC 1918); loopback and link-local addresses are not private here. */
const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => parseIpv4(text) as IpNetwork);

/** The fewest networks that cover all addresses from `first` to `last`. */
function cidrList(first: bigint, last: bigint): string[] {
  const networks: string[] = [];
  for (let start = first; start <= last; ) {
    let rest = 0;
    while (rest < IPV4_BITS && start % (2n << BigInt(rest)) === 0n && start + (2n << BigInt(rest)) - 1n <= last) rest++;
    networks.push(`${formatIpv4(start)}/${IPV4_BITS - rest}`);
    start += 1n << BigInt(rest);
  }
  return networks;
}

export const ipv4Functions: readonly ScalarFunction[] = [
  {
    name: 'parse_ipv4',
    signature: 'parse_ipv4(ip: string): long',
    summary: 'An IPv4 address as a number, the bits beyond its prefix cleared; null where the text is none.',
    page: 'parse-ipv4-function',
    overloads: [
      {
        parameters: ['string'],
        returns: 'long',
        evaluate: (ip: string) => {
          const network = parseIpv4(ip);
          return network === undefined ? null : masked(network);
        },
      },
    ],
  },
  {
    name: 'parse_ipv4_mask',
    signature: 'parse_ipv4_mask(ip: string, prefix: long): long',
    summary: 'The first bits of an IPv4 address as a number.',
    page: 'parse-ipv4-mask-function',
    overloads: [
      {
        parameters: ['string', 'long'],
        returns: 'long',
        evaluate: (ip: string, prefix: bigint) => {
          const network = narrowed(parseIpv4(ip), prefix);
          return network === undefined ? null : masked(network);
        },
      },
    ],
  },
  formatFunction('format_ipv4', 'An IPv4 address as text, the bits beyond the prefix cleared.', (network) =>
    formatIpv4(masked(network)),
  ),
  formatFunction(
    'format_ipv4_mask',
    'An IPv4 network as text in CIDR notation.',
    (network) => `${formatIpv4(masked(network))}/${network.prefix}`,
  ),
  ...compareNetworks('ipv4', IPV4_BITS, parseIpv4),
  isInRange('ipv4', IPV4_BITS, parseIpv4),
  isInAnyRange('ipv4', IPV4_BITS, parseIpv4),
  {
    name: 'ipv4_is_private',
    signature: 'ipv4_is_private(ip: string): bool',
    summary: 'Whether an address is in a private network of RFC 1918; null where the text is no address.',
    page: 'ipv4-is-private-function',
    overloads: [
      {
        parameters: ['string'],
        returns: 'bool',
        evaluate: (ip: string) => {
          const network = parseIpv4(ip);
          if (network === undefined) return null;
          return privateNetworks.some(
            ({ address, prefix }) => maskBits(network.address, prefix, IPV4_BITS) === address,
          );
        },
      },
    ],
  },
  {
    name: 'ipv4_netmask_suffix',
    signature: 'ipv4_netmask_suffix(ip: string): long',
    summary: 'The prefix length of an IPv4 network, 32 of an address.',
    page: 'ipv4-netmask-suffix-function',
    overloads: [
      {
        parameters: ['string'],
        returns: 'long',
        evaluate: (ip: string) => {
          const network = parseIpv4(ip);
          return network === undefined ? null : BigInt(network.prefix);
        },
      },
    ],
  },
  {
    name: 'ipv4_range_to_cidr_list',
    signature: 'ipv4_range_to_cidr_list(start_ip: string, end_ip: string): dynamic',
    summary: 'The networks, in CIDR notation, that together are a range of addresses.',
    page: 'ipv4-range-to-cidr-list-function',
    overloads: [
      {
        parameters: ['string', 'string'],
        returns: 'dynamic',
        evaluate: (start: string, end: string) => {
          const [first, last] = [parseIpv4(start), parseIpv4(end)];
          return first === undefined || last === undefined ? null : cidrList(masked(first), masked(last));
        },
      },
    ],
  },
];

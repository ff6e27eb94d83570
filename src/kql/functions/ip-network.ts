import { formatDynamic } from '../values/convert.ts';
import { type DynamicValue, isArray } from '../values/dynamic.ts';
import type { Value } from '../values/value.ts';
import { type IpNetwork, maskBits } from './ip-address.ts';
import type { ScalarFunction, ScalarOverload } from './scalar-function.ts';

type Family = 'ipv4' | 'ipv6';
type Parse = (text: string) => IpNetwork | undefined;

/** ip…_compare and ip…_is_match: two addresses by the bits that both prefixes and the third argument take in. */
export function compareNetworks(family: Family, bits: number, parse: Parse): readonly ScalarFunction[] {
  const compare = (left: string, right: string, prefix = BigInt(bits)): number | null => {
    const [a, b] = [parse(left), parse(right)];
    if (a === undefined || b === undefined || prefix < 0n || prefix > BigInt(bits)) return null;
    const shared = Math.min(a.prefix, b.prefix, Number(prefix));
    const [first, second] = [maskBits(a.address, shared, bits), maskBits(b.address, shared, bits)];
    return first < second ? -1 : first > second ? 1 : 0;
  };
  return [
    {
      name: `${family}_compare`,
      signature: `${family}_compare(ip1: string, ip2: string [, prefix: long]): long`,
      summary: '0 where two addresses are equal within their prefixes, else -1 or 1; null where one is no address.',
      page: `${family}-compare-function`,
      overloads: [
        {
          parameters: ['string', 'string', 'long'],
          optional: 1,
          returns: 'long',
          evaluate: (left: string, right: string, prefix?: bigint) => {
            const order = compare(left, right, prefix);
            return order === null ? null : BigInt(order);
          },
        },
      ],
    },
    {
      name: `${family}_is_match`,
      signature: `${family}_is_match(ip1: string, ip2: string [, prefix: long]): bool`,
      summary: 'Whether two addresses are equal within their prefixes; null where one is no address.',
      page: `${family}-is-match-function`,
      overloads: [
        {
          parameters: ['string', 'string', 'long'],
          optional: 1,
          returns: 'bool',
          evaluate: (left: string, right: string, prefix?: bigint) => {
            const order = compare(left, right, prefix);
            return order === null ? null : order === 0;
          },
        },
      ],
    },
  ];
}

/** Whether an address lies in a range; an address with a prefix stands for its first address. */
const contains = (range: IpNetwork, ip: IpNetwork, bits: number): boolean =>
  maskBits(range.address, range.prefix, bits) === maskBits(maskBits(ip.address, ip.prefix, bits), range.prefix, bits);

export function isInRange(family: Family, bits: number, parse: Parse): ScalarFunction {
  return {
    name: `${family}_is_in_range`,
    signature: `${family}_is_in_range(ip: string, ip_range: string): bool`,
    summary: 'Whether an address lies in a network in CIDR notation; null where one of them is none.',
    page: `${family}-is-in-range-function`,
    overloads: [
      {
        parameters: ['string', 'string'],
        returns: 'bool',
        prepare: (_context, [, range]: readonly (Value | undefined)[]) => {
          const known = typeof range === 'string' ? parse(range) : undefined;
          return (ip: string, text: string) => {
            const [address, network] = [parse(ip), known ?? parse(text)];
            return address === undefined || network === undefined ? null : contains(network, address, bits);
          };
        },
      },
    ],
  };
}

/** Overloads for a source and one or more texts, given as arguments or as one dynamic array. */
export function listOverloads(
  test: (list: readonly string[]) => (source: string) => boolean | null,
): readonly ScalarOverload[] {
  return (['string', 'dynamic'] as const).map(
    (type): ScalarOverload => ({
      parameters: ['string', type],
      rest: type,
      returns: 'bool',
      nulls: 'pass',
      prepare: (_context, [, ...constants]) => {
        const known = constants.every((value) => value !== undefined) ? test(textsOf(constants)) : undefined;
        return (source: string, ...items: readonly Value[]) => (known ?? test(textsOf(items)))(source);
      },
    }),
  );
}

/** The texts among values and among the items of arrays. */
const textsOf = (values: readonly (Value | undefined)[]): readonly string[] =>
  values.flatMap((value) => (isArray(value) ? value.map(formatDynamic) : [formatDynamic(value as DynamicValue)]));

export function isInAnyRange(family: Family, bits: number, parse: Parse): ScalarFunction {
  return {
    name: `${family}_is_in_any_range`,
    signature: `${family}_is_in_any_range(ip: string, ranges: dynamic | string, …): bool`,
    summary: 'Whether an address lies in any of the networks; null where the text is no address.',
    page: `${family}-is-in-any-range-function`,
    overloads: listOverloads((list) => {
      const ranges = list.map(parse).filter((range) => range !== undefined);
      return (ip) => {
        const address = parse(ip);
        return address === undefined ? null : ranges.some((range) => contains(range, address, bits));
      };
    }),
  };
}

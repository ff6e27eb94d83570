import ipaddr from 'ipaddr.js';

/** An address as a number with its prefix length; the bits beyond the prefix are kept. */
export type IpNetwork = { readonly address: bigint; readonly prefix: number };

export const IPV4_BITS = 32;
export const IPV6_BITS = 128;

/** The mask of the first `prefix` of `bits` bits. */
export const maskBits = (address: bigint, prefix: number, bits: number): bigint => {
  const rest = BigInt(bits - prefix);
  return (address >> rest) << rest;
};

/** `address[/prefix]` split; undefined where the prefix is no number of 0 to `bits`. */
function splitPrefix(text: string, bits: number): { readonly address: string; readonly prefix: number } | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return { address: text, prefix: bits };
  const digits = text.slice(slash + 1);
  const prefix = Number(digits);
  return /^\d{1,3}$/.test(digits) && prefix <= bits ? { address: text.slice(0, slash), prefix } : undefined;
}

const numberOf = (bytes: readonly number[]): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** An IPv4 address in four decimal parts, with or without a prefix; undefined where the text is none. */
export function parseIpv4(text: string): IpNetwork | undefined {
  const split = splitPrefix(text.trim(), IPV4_BITS);
  if (split === undefined || !ipaddr.IPv4.isValidFourPartDecimal(split.address)) return undefined;
  return { address: numberOf(ipaddr.IPv4.parse(split.address).toByteArray()), prefix: split.prefix };
}

/** The bits in front of an IPv4 address that is written as an IPv6 address (::ffff:a.b.c.d). */
const MAPPED_PREFIX = 0xffffn << 32n;

/**
 * An IPv6 or IPv4 address; an IPv4 address is mapped (::ffff:a.b.c.d), and the prefix of one in dotted form counts from
 * the start of its four bytes. `::a.b.c.d` stays as it is unless `mapEmbedded` asks for the mapped form.
 */
export function parseIpv6(text: string, mapEmbedded = false): IpNetwork | undefined {
  const trimmed = text.trim();
  const ipv4 = parseIpv4(trimmed);
  if (ipv4 !== undefined) return { address: ipv4.address | MAPPED_PREFIX, prefix: ipv4.prefix + 96 };
  const isDotted = trimmed.includes('.');
  const split = splitPrefix(trimmed, isDotted ? IPV4_BITS : IPV6_BITS);
  const hexadecimal = split === undefined ? undefined : withoutDots(split.address);
  if (split === undefined || hexadecimal === undefined || !ipaddr.IPv6.isValid(hexadecimal)) return undefined;
  const address = numberOf(ipaddr.IPv6.parse(hexadecimal).toByteArray());
  if (!isDotted) return { address, prefix: split.prefix };
  const isEmbedded = address >> 32n === 0n;
  return { address: isEmbedded && mapEmbedded ? address | MAPPED_PREFIX : address, prefix: split.prefix + 96 };
}

/** The address with a dotted end as two groups (the library would map `::a.b.c.d`); undefined of an invalid end or a zone. */
function withoutDots(address: string): string | undefined {
  if (address.includes('%')) return undefined;
  const start = address.lastIndexOf(':') + 1;
  if (!address.slice(start).includes('.')) return address;
  const ipv4 = parseIpv4(address.slice(start));
  if (ipv4 === undefined) return undefined;
  return `${address.slice(0, start)}${(ipv4.address >> 16n).toString(16)}:${(ipv4.address & 0xffffn).toString(16)}`;
}

export const formatIpv4 = (address: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');

/** All eight groups of four digits. */
export const formatIpv6 = (address: bigint): string =>
  (address.toString(16).padStart(32, '0').match(/.{4}/g) as string[]).join(':');

import type { Random } from './random.ts';

/** The 256 bytes as two digits each: every row has an id, and padding numbers is slower than looking bytes up. */
const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(random: Random): string {
  const bits = random.bits();
  return `${bytes[bits >>> 24]}${bytes[(bits >>> 16) & 255]}${bytes[(bits >>> 8) & 255]}${bytes[bits & 255]}`;
}

/** 32 hexadecimal digits, as the firewall writes a transaction. */
export function transactionId(random: Random): string {
  return hex(random) + hex(random) + hex(random) + hex(random);
}

/** A version 4 GUID (RFC 9562). */
export function guid(random: Random): string {
  const second = hex(random);
  const third = hex(random);
  const variant = '89ab'[Number.parseInt(third[0] ?? '0', 16) & 3] ?? '8';
  return `${hex(random)}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${hex(random)}`;
}

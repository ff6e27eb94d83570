/*
 * Which addresses are somebody's on the Internet. Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries
 * (RFC 6890 and its updates), the IPv6 address space registry (only 2000::/3 is global unicast), and Microsoft's
 * "What is IP address 168.63.129.16?".
 */

/** The space out of which public addresses are given; IPv6 outside of it (fc00::/7, fe80::/10, ff00::/8 …) is not. */
export const publicRanges: readonly string[] = ['0.0.0.0/0', '2000::/3'];

/** What inside `publicRanges` is nobody's: to block it is at best without effect, at worst an outage of one's own. */
export const nonPublicRanges: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
];

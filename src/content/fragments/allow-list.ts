import { type KqlFragment, kql, kqlArray, kqlLines, kqlList, noKql } from '../kql.ts';
import type { PackConfig } from '../pack-config.ts';

type AllowList = PackConfig['allowList'];

/** Leaves out rows of allow-listed addresses; needs `ClientAddress`. Nothing where the list is empty. */
export function withoutAllowedAddresses({ addresses }: AllowList): KqlFragment {
  const ipv6 = addresses.filter((address) => address.includes(':'));
  const ipv4 = addresses.filter((address) => !address.includes(':'));
  // Both functions answer null for an address of the other family, and not(null) would drop its row.
  return kqlLines(
    ipv4.length === 0
      ? noKql
      : kql`| where not(coalesce(ipv4_is_in_any_range(ClientAddress, ${kqlArray(ipv4)}), false))`,
    ipv6.length === 0
      ? noKql
      : kql`| where not(coalesce(ipv6_is_in_any_range(ClientAddress, ${kqlArray(ipv6)}), false))`,
  );
}

/** Leaves out rows of allow-listed endpoints; needs `Endpoint`. Nothing where the list is empty. */
export function withoutAllowedEndpoints({ endpoints }: AllowList): KqlFragment {
  return endpoints.length === 0 ? noKql : kql`| where Endpoint !in~ ${kqlList(endpoints)}`;
}

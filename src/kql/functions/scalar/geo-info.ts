import type { AddressLocation } from '../../catalog.ts';
import { KqlError } from '../../kql-error.ts';
import type { DynamicValue, PropertyBag } from '../../values/dynamic.ts';
import { parseIpv6 } from '../ip-address.ts';
import type { ScalarFunction } from '../scalar-function.ts';

/** The fields in the order of the service's bag; what the database does not know of an address is left out. */
const fields = [
  'country',
  'state',
  'city',
  'latitude',
  'longitude',
] as const satisfies readonly (keyof AddressLocation)[];

function bagOf(location: AddressLocation): PropertyBag {
  const bag = new Map<string, DynamicValue>();
  for (const field of fields) {
    const value = location[field];
    if (value !== undefined) bag.set(field, value);
  }
  return bag;
}

export const geoInfoFromIpAddress: ScalarFunction = {
  name: 'geo_info_from_ip_address',
  signature: 'geo_info_from_ip_address(ip_address: string): dynamic',
  summary: 'Country, state, city, latitude and longitude of an IPv4 or IPv6 address, from a MaxMind database.',
  page: 'geo-info-from-ip-address-function',
  overloads: [
    {
      parameters: ['string'],
      returns: 'dynamic',
      prepare:
        ({ catalog: { locateAddress } }) =>
        (address: string) => {
          if (parseIpv6(address) === undefined || address.includes('/')) return null;
          if (locateAddress === undefined) {
            throw new KqlError('unavailable', 'geo_info_from_ip_address needs a database of addresses', {
              hint: 'give a MaxMind file: --geo-database GeoLite2-City.mmdb',
            });
          }
          const location = locateAddress(address.trim());
          return location === undefined ? null : bagOf(location);
        },
    },
  ],
};

import { readFileSync } from 'node:fs';
import { type CityResponse, Reader } from 'mmdb-lib';
import type { AddressLocation, Catalog } from '../../src/kql/index.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The addresses of a MaxMind file (GeoLite2-City, GeoIP2-City or -Country; the format: maxmind.github.io/MaxMind-DB).
 * The service reads GeoLite2-City.
 */
export function openGeoDatabase(path: string): NonNullable<Catalog['locateAddress']> {
  const reader = readDatabase(path);
  return (address) => {
    const found = reader.get(address);
    return found === null ? undefined : locationOf(found);
  };
}

function readDatabase(path: string): Reader<CityResponse> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UsageError(`--geo-database: the file ${path} cannot be read`, 'check the path');
  }
  try {
    const reader = new Reader<CityResponse>(bytes);
    if (/City|Country|Enterprise/.test(reader.metadata.databaseType)) return reader;
  } catch {
    // Whatever the library says of bytes that are none of its own helps nobody.
  }
  throw new UsageError(
    `--geo-database: ${path} is no MaxMind database of cities or countries`,
    'give GeoLite2-City.mmdb, which MaxMind gives away',
  );
}

const locationOf = ({ country, subdivisions, city, location }: CityResponse): AddressLocation => ({
  country: country?.names.en,
  state: subdivisions?.[0]?.names.en,
  city: city?.names.en,
  latitude: location?.latitude,
  longitude: location?.longitude,
});

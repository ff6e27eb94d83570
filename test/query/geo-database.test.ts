import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGeoDatabase } from '../../scripts/query/open-geo-database.ts';
import { UsageError } from '../../scripts/usage-error.ts';
import { type Catalog, KqlError, runQuery } from '../../src/kql/index.ts';
import { runCase } from '../../src/kql/run-batch.ts';
import { tableToText } from '../../src/kql/table-to-text.ts';
import { writeMmdb } from './write-mmdb.ts';

const lisbon = {
  country: { iso_code: 'PT', names: { en: 'Portugal', de: 'Portugal' } },
  subdivisions: [{ iso_code: '11', names: { en: 'Lisbon District' } }],
  city: { names: { en: 'Lisbon', pt: 'Lisboa' } },
  location: { latitude: 38.7219, longitude: -9.1398 },
};
const somewhereInNorway = {
  country: { iso_code: 'NO', names: { en: 'Norway' } },
  location: { latitude: 59.5, longitude: 10.25 },
};

describe('geo_info_from_ip_address reads a MaxMind file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'geo-'));
  const path = join(folder, 'cities.mmdb');
  const notAFile = join(folder, 'text.mmdb');
  const networks = join(folder, 'networks.mmdb');
  let locateAddress: NonNullable<Catalog['locateAddress']>;

  before(() => {
    const cities = { '198.51.100.0/24': lisbon, '2001:db8::/32': somewhereInNorway };
    writeFileSync(path, writeMmdb('GeoLite2-City', cities));
    writeFileSync(networks, writeMmdb('GeoLite2-ASN', { '198.51.100.0/24': { autonomous_system_number: 64500 } }));
    writeFileSync(notAFile, 'country,city\n');
    locateAddress = openGeoDatabase(path);
  });
  after(() => rmSync(folder, { recursive: true }));

  const ask = async (query: string, catalog: Catalog): Promise<string> => {
    const { table } = await runQuery(query, catalog, { nowTicks: 0n });
    return tableToText(table);
  };

  it('gives the fields in the order of the service, in English, and leaves out what the file does not know', async () => {
    const text = await ask(
      `datatable(address: string)["198.51.100.7", "2001:db8::1"]
       | project found = geo_info_from_ip_address(address), country = tostring(geo_info_from_ip_address(address).country)`,
      { tables: new Map(), locateAddress },
    );
    assert.equal(
      text,
      [
        'found:dynamic\tcountry:string',
        '{"country":"Portugal","state":"Lisbon District","city":"Lisbon","latitude":38.7219,"longitude":-9.1398}\t"Portugal"',
        '{"country":"Norway","latitude":59.5,"longitude":10.25}\t"Norway"',
        '',
      ].join('\n'),
    );
  });

  it('gives null for an address that the file does not have, a network, a text that is none, and nothing', async () => {
    const text = await ask(
      `datatable(address: string)["203.0.113.9", "198.51.100.0/24", "example.com", ""]
       | summarize known = countif(isnotnull(geo_info_from_ip_address(address))), calls = count()`,
      { tables: new Map(), locateAddress },
    );
    assert.equal(text, 'known:long\tcalls:long\n0\t4\n');
  });

  it('refuses an address without a file, and says which option gives one', async () => {
    await assert.rejects(
      ask('print geo_info_from_ip_address("198.51.100.7")', { tables: new Map() }),
      (error) => error instanceof KqlError && error.code === 'unavailable' && /--geo-database/.test(error.hint ?? ''),
    );
  });

  it('knows no address in a case of a batch that brings its own world, and says so', async () => {
    const result = await runCase(
      {
        id: 'case',
        query: 'T | extend g = geo_info_from_ip_address(a)',
        tables: { T: { columns: ['a'], rows: [['198.51.100.7']] } },
      },
      { tables: new Map() },
      { nowTicks: 0n },
    );
    assert.deepEqual(result, {
      id: 'case',
      columns: [
        { name: 'a', type: 'string' },
        { name: 'g', type: 'dynamic' },
      ],
      rows: [['198.51.100.7', null]],
      notes: ['geo_info_from_ip_address has no database: it knows no address'],
    });
  });

  it('refuses a file that is missing, no database, or one of something else', () => {
    for (const file of [join(folder, 'missing.mmdb'), notAFile, networks]) {
      assert.throws(() => openGeoDatabase(file), UsageError);
    }
  });
});

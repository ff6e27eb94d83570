import assert from 'node:assert/strict';
import type { Value } from '../../src/kql/index.ts';
import { formatEntities, type MappedEntities, mapEntities } from '../../src/replay/map-entities.ts';
import { viewResult } from '../../src/replay/result-view.ts';
import { resultOf, scheduledRule } from './fixtures.ts';

type Mapping = readonly [entityType: string, ...fields: (readonly [identifier: string, columnName: string])[]];

function map(
  mappings: readonly Mapping[],
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): MappedEntities {
  const entityMappings = mappings.map(([entityType, ...fields]) => ({
    entityType,
    fieldMappings: fields.map(([identifier, columnName]) => ({ identifier, columnName })),
  }));
  return mapEntities(viewResult(resultOf(columns, rows)), scheduledRule({ entityMappings }));
}
const ip: Mapping = ['IP', ['Address', 'Client']];
const url: Mapping = ['URL', ['Url', 'Endpoint']];
const numbered = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => prefix + index);

describe('the entities of an alert', () => {
  it('come row by row in the order of the mappings, each once', () => {
    const rows = [
      ['192.0.2.1', 'PUT /orders'],
      ['192.0.2.2', 'PUT /orders'],
      ['192.0.2.1', 'GET /orders'],
    ];
    const { entities, dropped } = map([ip, url], ['Client', 'Endpoint'], rows);
    assert.equal(dropped, 0);
    assert.equal(
      formatEntities(entities),
      JSON.stringify([
        { $id: '1', Address: '192.0.2.1', Type: 'ip' },
        { $id: '2', Url: 'PUT /orders', Type: 'url' },
        { $id: '3', Address: '192.0.2.2', Type: 'ip' },
        { $id: '4', Url: 'GET /orders', Type: 'url' },
      ]),
    );
  });

  it('are one where two mappings of a type name the same', () => {
    const { entities } = map([ip, ['IP', ['Address', 'Server']]], ['Client', 'Server'], [['192.0.2.1', '192.0.2.1']]);
    assert.deepEqual(entities, [{ type: 'ip', identifiers: { Address: '192.0.2.1' } }]);
  });

  it('need a required identifier: an empty address is no entity', () => {
    assert.deepEqual(map([ip], ['Client'], [[''], [null]]).entities, []);
    assert.deepEqual(map([ip], ['Other'], [['192.0.2.1']]).entities, []);
    assert.deepEqual(
      map([['Account', ['UPNSuffix', 'Domain'], ['Name', 'User']]], ['User', 'Domain'], [['', 'contoso.com']]).entities,
      [],
    );
  });

  it('leave out identifiers that are empty', () => {
    const account: Mapping = ['Account', ['Name', 'User'], ['UPNSuffix', 'Domain']];
    assert.deepEqual(map([account], ['User', 'Domain'], [['ann', '']]).entities, [
      { type: 'account', identifiers: { Name: 'ann' } },
    ]);
  });

  it('of a file hash need both algorithm and value', () => {
    const hash: Mapping = ['FileHash', ['Algorithm', 'Kind'], ['Value', 'Hash']];
    const rows = [
      ['SHA256', ''],
      ['', 'ab12'],
      ['SHA256', 'ab12'],
    ];
    assert.deepEqual(map([hash], ['Kind', 'Hash'], rows).entities, [
      { type: 'filehash', identifiers: { Algorithm: 'SHA256', Value: 'ab12' } },
    ]);
  });

  it('are the JSON text where a rule maps an array, as a workspace shows it', () => {
    assert.deepEqual(map([ip], ['Client:dynamic'], [[['192.0.2.1', '192.0.2.2']]]).entities, [
      { type: 'ip', identifiers: { Address: '["192.0.2.1","192.0.2.2"]' } },
    ]);
  });

  for (const [count, kept, dropped] of [
    [499, 499, 0],
    [500, 500, 0],
    [501, 500, 1],
  ] as const) {
    it(`${count} of one mapping: ${kept} kept`, () => {
      const mapped = map(
        [ip],
        ['Client'],
        numbered(count, 'a').map((client) => [client]),
      );
      assert.deepEqual([mapped.entities.length, mapped.dropped], [kept, dropped]);
    });
  }

  it('of several mappings share the 500 equally, whether or not a share is used up', () => {
    const rows = numbered(300, 'a').map((client) => [client, 'PUT /orders', 'h']);
    const two = map([ip, url], ['Client', 'Endpoint'], rows);
    assert.deepEqual([two.entities.length, two.dropped], [251, 50]);
    const three = map([ip, url, ['Host', ['HostName', 'Host']]], ['Client', 'Endpoint', 'Host'], rows);
    assert.deepEqual([three.entities.length, three.dropped], [168, 134]);
  });

  it('end where the field would grow beyond 64 KB, also for a later one that is small', () => {
    // {"$id":"1","Address":"…","Type":"ip"} has 36 bytes beside the address; with brackets and commas 64 KB take
    // exactly these: 2 + (36 + 32,000) + 1 + (36 + 33,461) = 65,536.
    const long = (bytes: number, first: string): string => first.padEnd(bytes, 'x');
    const fits = map([ip], ['Client'], [[long(32_000, 'a')], [long(33_461, 'b')]]);
    assert.deepEqual([fits.entities.length, fits.dropped], [2, 0]);
    assert.equal(Buffer.byteLength(formatEntities(fits.entities)), 65_536);
    const over = map([ip], ['Client'], [[long(32_000, 'a')], [long(33_462, 'b')], ['c']]);
    assert.deepEqual([over.entities.length, over.dropped], [1, 2]);
  });

  it('count bytes and not characters', () => {
    const mapped = map([ip], ['Client'], [['é'.repeat(32_750)]]);
    assert.deepEqual([mapped.entities.length, mapped.dropped], [0, 1]);
    assert.equal(map([ip], ['Client'], [['é'.repeat(32_749)]]).entities.length, 1);
  });

  it('give an empty field where there are none', () => assert.equal(formatEntities([]), ''));

  it('keep hostile text inside its JSON string', () => {
    const hostile = '"},{"$id":"9","Address":"198.51.100.1","Type":"ip';
    const { entities } = map([ip], ['Client'], [[hostile]]);
    assert.deepEqual(JSON.parse(formatEntities(entities)), [{ $id: '1', Address: hostile, Type: 'ip' }]);
  });
});

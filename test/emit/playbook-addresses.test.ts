import assert from 'node:assert/strict';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { contain, judge } from './generated-playbook.ts';

/*
 * The generated Select actions, evaluated. Addresses that are to pass lie next to a reserved range: the ranges kept for
 * documentation are themselves reserved, and an example has to be public here.
 */

const verdicts = (addresses: readonly string[], evaluation: 'lazy' | 'eager' = 'lazy') =>
  judge(addresses, {}, evaluation).map(({ verdict, address }) => [verdict, address]);

const contained: readonly (readonly [string, string])[] = [
  ['1.0.0.0', '1.0.0.0'],
  ['9.255.255.255', '9.255.255.255'],
  ['11.0.0.0', '11.0.0.0'],
  ['100.63.255.255', '100.63.255.255'],
  ['100.128.0.0', '100.128.0.0'],
  ['128.0.0.1', '128.0.0.1'],
  ['168.63.129.15', '168.63.129.15'],
  ['172.15.255.255', '172.15.255.255'],
  ['172.32.0.0', '172.32.0.0'],
  ['192.0.1.255', '192.0.1.255'],
  ['192.167.255.255', '192.167.255.255'],
  ['192.169.0.0', '192.169.0.0'],
  ['198.17.255.255', '198.17.255.255'],
  ['198.51.101.0', '198.51.101.0'],
  ['203.0.114.9', '203.0.114.9'],
  ['223.255.255.255', '223.255.255.255'],
  ['::ffff:203.0.114.9', '203.0.114.9'],
  ['::FFFF:cb00:7209', '203.0.114.9'],
  ['0:0:0:0:0:ffff:203.0.114.9', '203.0.114.9'],
  ['2001:200::1', '2001:0200:0000:0000:0000:0000:0000:0001'],
  ['2001:DB9::A', '2001:0db9:0000:0000:0000:0000:0000:000a'],
  ['2001:db9:0:0:0:0:0:a', '2001:0db9:0000:0000:0000:0000:0000:000a'],
  ['2001:db9:1:2:3:4:5::', '2001:0db9:0001:0002:0003:0004:0005:0000'],
  ['3ffe:ffff::', '3ffe:ffff:0000:0000:0000:0000:0000:0000'],
  ['2001:db9::203.0.114.9', '2001:0db9:0000:0000:0000:0000:cb00:7209'],
  ['  203.0.114.9\n', '203.0.114.9'],
];

const notPublic = [
  ...['0.0.0.0', '0.255.255.255', '10.0.0.0', '10.255.255.255', '100.64.0.0', '100.127.255.255', '127.0.0.1'],
  ...['168.63.129.16', '169.254.169.254', '172.16.0.0', '172.31.255.255', '192.0.0.1', '192.0.2.7', '192.88.99.1'],
  ...['192.168.0.0', '192.168.255.255', '198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1'],
  ...['239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::7f00:1', '::127.0.0.1', '::ffff:10.0.0.1', '::ffff:a00:1', '::ffff:127.0.0.1', '64:ff9b::a00:1'],
  ...['100::1', '2001::1', '2001:db8::7', '2002:a00:1::', '3fff::1', '4000::1', 'fc00::1', 'fdff::1', 'fe80::1'],
  ...['fec0::1', 'ff02::1', '1fff:ffff::1', '2620:4f:8000::1'],
];

const malformed = [
  ...[
    '',
    ' ',
    '-',
    'null',
    'unknown',
    'localhost',
    'contoso.com',
    '203.0.114',
    '203.0.114.9.1',
    '203.0.114.',
    '.1.2.3',
  ],
  ...['203.0.114.09', '0203.0.114.9', '203.0.114.256', '203.0.114.-9', '203.0.114.+9', '203.0.114. 9', '203.0.114.9e0'],
  ...['0xcb.0.114.9', '3405803017', '203.0.114.9/32', '203.0.114.0/24', '203.0.114.9/0', '203.0.114.9:443', '١.2.3.4'],
  ...['203.0.114.9, 203.0.114.10', '203.0.114.9-203.0.114.10', '203.0.114.9;', '"203.0.114.9"', '[2001:db9::1]'],
  ...[
    '2001:db9::1%eth0',
    'fe80::1%1',
    '2001:db9::1/128',
    '2001:db9:::1',
    '2001::db9::1',
    ':2001:db9::1',
    '2001:db9::1:',
  ],
  ...[
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2:3:4:5:6:7:8',
    '::1:2:3:4:5:6::',
    '2001:db9::12345',
    '2001:db9::g',
    ':',
    ':::',
    '::1::',
  ],
  ...[
    '2001:db9::203.0.114',
    '2001:db9::203.0.114.09',
    '203.0.114.9::',
    '2001:203.0.114.9:db9::',
    '::ffff:203.0.114.256',
  ],
  ...["203.0.114.9'", '@{triggerBody()}', '<script>alert(1)</script>', '203.0.114.9\u0000', `${'0'.repeat(80)}::1`],
];

describe('The addresses that the generated playbook contains', () => {
  for (const evaluation of ['lazy', 'eager'] as const) {
    describe(`with ${evaluation} evaluation of if, and, or`, () => {
      it('are public ones, each with one canonical text', () => {
        const inputs = contained.map(([input]) => input);
        assert.deepEqual(
          verdicts(inputs, evaluation),
          contained.map(([, address]) => ['contain', address]),
        );
      });

      it('are never private, reserved, link-local, loopback, multicast or for documentation', () => {
        const outcome = verdicts(notPublic, evaluation).map(([verdict], index) => [notPublic[index], verdict]);
        assert.deepEqual(
          outcome,
          notPublic.map((address) => [address, 'not-public']),
        );
      });

      it('are never text that is no address, whatever the text', () => {
        const outcome = verdicts(malformed, evaluation).map(([verdict], index) => [malformed[index], verdict]);
        assert.deepEqual(
          outcome,
          malformed.map((address) => [address, 'malformed']),
        );
      });
    });
  }

  it('come from entities that have an address: null, numbers and objects have none', () => {
    const outcome = judge([null, 0, 3405803017, true, ['203.0.114.9'], { Address: '203.0.114.9' }]);
    assert.deepEqual(new Set(outcome.map(({ verdict }) => verdict)), new Set(['malformed']));
  });

  it('are looked for in short text only: what is longer than any address goes no further', () => {
    const texts = ['1'.repeat(64), '1'.repeat(65)];
    const { outputs } = contain({ entities: texts.map((Address) => ({ Address })) });
    assert.deepEqual(outputs.get('Entity_text'), { body: [{ text: '1'.repeat(64) }, { text: '' }] });
  });

  it('are those that ipaddr.js calls unicast, for random addresses and for random text made of their characters', () => {
    const octet = fc.oneof(fc.nat(255).map(String), fc.constantFrom('00', '010', '256', '', '1 '));
    const dotted = fc.array(octet, { minLength: 3, maxLength: 5 }).map((octets) => octets.join('.'));
    const characters = fc.constantFrom(...'0123456789abcdefF:::...%/ ');
    const noise = fc.array(characters, { maxLength: 24 }).map((parts) => parts.join(''));
    const group = fc.oneof(
      fc.nat(0xffff).map((value) => value.toString(16)),
      fc.constantFrom('0', '0000', 'ffff', '', '12345'),
    );
    const groups = fc.array(group, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(':'));
    const mapped = fc
      .tuple(fc.constantFrom('::ffff:', '::', '::FFFF:', '2001:db9::'), dotted)
      .map((parts) => parts.join(''));
    const text = fc.oneof(fc.ipV4(), fc.ipV6(), dotted, groups, mapped, noise);
    const list = fc.array(text, { minLength: 40, maxLength: 60 });
    fc.assert(
      fc.property(list, (addresses) => {
        const outcome = judge(addresses).map(({ verdict }, index) => [addresses[index], verdict]);
        assert.deepEqual(
          outcome,
          addresses.map((address) => [address, expectedVerdict(address)]),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('are told apart by their bits: text and id say the same address as ipaddr.js reads', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 20, maxLength: 40 }), (addresses) => {
        const outcome = judge(addresses).map(({ address, id }) => [ipaddr.process(address).toNormalizedString(), id]);
        const expected = addresses.map((text) => {
          const address = ipaddr.process(withoutDottedTail(text));
          const wide = address.kind() === 'ipv4' ? (address as ipaddr.IPv4).toIPv4MappedAddress() : address;
          return [address.toNormalizedString(), guidOf(wide.toByteArray())];
        });
        assert.deepEqual(outcome, expected);
      }),
      { numRuns: 25 },
    );
  });
});

describe('The guards of the generated playbook', () => {
  const spared = (address: string, ranges: readonly string[]) =>
    judge([address], { AllowedRanges: [...ranges] }).map(({ verdict }) => verdict)[0];

  it('spare every address of a range and none beside it', () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['203.0.114.9', '203.0.114.9', 'allowed'],
      ['203.0.114.9', '203.0.114.9/32', 'allowed'],
      ['203.0.114.8', '203.0.114.9/31', 'allowed'],
      ['203.0.114.10', '203.0.114.9/31', 'contain'],
      ['203.0.114.255', '203.0.114.0/24', 'allowed'],
      ['203.0.115.0', '203.0.114.0/24', 'contain'],
      ['203.0.115.0', '203.0.114.0/23', 'allowed'],
      ['203.0.114.9', '0.0.0.0/0', 'allowed'],
      ['203.0.114.9', '::/0', 'allowed'],
      ['203.0.114.9', '::ffff:203.0.114.0/120', 'allowed'],
      ['2001:db9::1', '0.0.0.0/0', 'contain'],
      ['2001:db9:0:1::1', '2001:db9::/63', 'allowed'],
      ['2001:db9:0:2::1', '2001:db9::/63', 'contain'],
      ['2001:db9::1', '2001:DB9:0:0:0:0:0:1/128', 'allowed'],
      ['2001:db9::2', '2001:db9::1', 'contain'],
    ];
    assert.deepEqual(
      cases.map(([address, range]) => [address, range, spared(address, [range])]),
      cases,
    );
  });

  it('agree with ipaddr.js on random ranges and addresses', () => {
    const version4 = fc.tuple(fc.ipV4(), fc.nat(32));
    const version6 = fc.tuple(fc.ipV6().map(withoutDottedTail), fc.nat(128));
    const near = fc.oneof(version4, version6).map(([address, length]) => ({ address, length }));
    fc.assert(
      fc.property(near, fc.nat(127), ({ address, length }, bit) => {
        const parsed = ipaddr.process(address);
        const neighbour = withFlippedBit(parsed, bit % (parsed.kind() === 'ipv4' ? 32 : 128));
        fc.pre(expectedVerdict(neighbour) === 'contain' && !address.toLowerCase().includes('::ffff:'));
        const isInside = ipaddr.process(neighbour).match(parsed as ipaddr.IPv4, length);
        assert.equal(spared(neighbour, [`${address}/${length}`]), isInside ? 'allowed' : 'contain');
      }),
      { numRuns: 60 },
    );
  });

  it('name the gateway as the reason before the allow list', () => {
    const guards = { GatewayRanges: ['203.0.114.0/28'], AllowedRanges: ['203.0.114.0/24'] };
    const outcome = judge(['203.0.114.9', '203.0.114.99', '10.1.2.3'], guards).map(({ verdict }) => verdict);
    assert.deepEqual(outcome, ['own-gateway', 'allowed', 'not-public']);
  });

  it('stop the playbook where an entry is no range: a guard with a typing error would guard nothing', () => {
    for (const entry of [
      '203.0.114.0/33',
      '203.0.114.0/-1',
      '203.0.114.0/08',
      '203.0.114/24',
      '203.0.114.0/24/8',
      '',
      '2001:db9::/129',
    ]) {
      const entities = [{ Address: '203.0.115.9' }];
      const { tags, puts } = contain({ entities, parameters: { AllowedRanges: ['203.0.114.1', entry] } });
      assert.deepEqual([entry, tags, puts], [entry, ['api-pack-guard-invalid'], []]);
    }
  });
});

function expectedVerdict(text: string): string {
  const address = text.trim();
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return isPublic(ipaddr.IPv4.parse(address)) ? 'contain' : 'not-public';
  }
  // ipaddr.js takes zone ids, and groups of more than four digits; RFC 4291 has neither in an address.
  const hexadecimal = withoutDottedTail(address);
  const isStrict = !address.includes('%') && !/[0-9a-f]{5}/i.test(hexadecimal);
  if (hexadecimal.includes(':') && isStrict && ipaddr.IPv6.isValid(hexadecimal)) {
    return isPublic(ipaddr.process(hexadecimal)) ? 'contain' : 'not-public';
  }
  return 'malformed';
}

/**
 * With the dotted tail of an IPv6 address as two groups: ipaddr.js reads octets such as 010 there, and takes ::1.2.3.4
 * for the IPv4 address, which RFC 4291 (2.5.5.1) tells from ::ffff:1.2.3.4.
 */
function withoutDottedTail(address: string): string {
  const start = address.lastIndexOf(':') + 1;
  const tail = address.slice(start);
  if (start === 0 || !tail.includes('.')) {
    return address;
  }
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) {
    return 'malformed';
  }
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).octets;
  return `${address.slice(0, start)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const isPlatform = address.toString() === '168.63.129.16';
  const isGlobal =
    address.kind() === 'ipv4' || ipaddr.IPv6.parse(address.toString()).match(ipaddr.IPv6.parse('2000::'), 3);
  return address.range() === 'unicast' && !isPlatform && isGlobal;
}

function guidOf(bytes: readonly number[]): string {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function withFlippedBit(address: ipaddr.IPv4 | ipaddr.IPv6, bit: number): string {
  const bytes = address.toByteArray();
  bytes[Math.floor(bit / 8)] = (bytes[Math.floor(bit / 8)] ?? 0) ^ (128 >> (bit % 8));
  return ipaddr.fromByteArray(bytes).toNormalizedString();
}

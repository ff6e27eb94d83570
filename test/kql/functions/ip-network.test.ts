import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatIpv4, formatIpv6, maskBits, parseIpv4, parseIpv6 } from '../../../src/kql/functions/ip-address.ts';
import { scalarRegistry } from '../../../src/kql/functions/registry.ts';

const ipv4 = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
const cidrList = scalarRegistry.get('ipv4_range_to_cidr_list')?.overloads[0]?.evaluate as unknown as (
  first: string,
  last: string,
) => string[];

describe('IP addresses', () => {
  it('come back from their text', () => {
    fc.assert(
      fc.property(ipv4, (address) => assert.deepEqual(parseIpv4(formatIpv4(address)), { address, prefix: 32 })),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (address) =>
        assert.deepEqual(parseIpv6(formatIpv6(address)), { address, prefix: 128 }),
      ),
    );
  });

  it('take no text that is longer, shorter or out of range', () => {
    const none = [
      '',
      '1.2.3',
      '1.2.3.4.5',
      '256.0.0.1',
      '1.2.3.4/33',
      '1.2.3.4/',
      '1.2.3.4/-1',
      '01.2.3.4',
      '1.2.3.4 x',
    ];
    assert.deepEqual(
      none.map(parseIpv4),
      none.map(() => undefined),
    );
    const noneOfSix = [':::', '2001:db8::/129', '2001:db8::%eth0', '1:2:3:4:5:6:7', '::192.0.2.256'];
    assert.deepEqual(
      noneOfSix.map((text) => parseIpv6(text)),
      noneOfSix.map(() => undefined),
    );
  });

  it('make a range of networks that follow each other without a gap and cannot be joined', () => {
    fc.assert(
      fc.property(ipv4, ipv4, (a, b) => {
        const [first, last] = a < b ? [a, b] : [b, a];
        const networks = cidrList(formatIpv4(first), formatIpv4(last)).map((text) => {
          const { address, prefix } = parseIpv4(text) as { address: bigint; prefix: number };
          assert.equal(maskBits(address, prefix, 32), address, `${text} does not start at its network`);
          return { start: address, end: address + (1n << BigInt(32 - prefix)), prefix };
        });
        assert.equal(networks[0]?.start, first);
        assert.equal(networks.at(-1)?.end, last + 1n);
        networks.slice(1).forEach((network, index) => {
          const before = networks[index];
          assert.equal(network.start, before?.end);
          const couldJoin =
            before?.prefix === network.prefix && (before.start >> BigInt(32 - network.prefix)) % 2n === 0n;
          assert.equal(couldJoin, false);
        });
      }),
    );
  });
});

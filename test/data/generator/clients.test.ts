import assert from 'node:assert/strict';
import {
  benchmarkAddress,
  clientPool,
  documentationAddresses,
  pickClient,
  pickClients,
} from '../../../data/generator/clients.ts';
import { seededRandom } from '../../../data/generator/random.ts';

const shape = { size: 1000, firstIndex: 0, userAgents: ['test/1.0'], inequality: 0.9 };

describe('clients', () => {
  it('have addresses of the benchmarking range only, and each index another one', () => {
    const addresses = new Set(Array.from({ length: 130_048 }, (_, index) => benchmarkAddress(index)));
    assert.equal(addresses.size, 130_048);
    for (const address of addresses) {
      assert.match(address, /^198\.1[89]\.\d{1,3}\.\d{1,3}$/);
      const host = Number(address.split('.')[3]);
      assert.ok(host >= 1 && host <= 254, address);
    }
  });

  it('that attack come from documentation ranges', () => {
    assert.deepEqual(documentationAddresses('192.0.2', 7, 9), ['192.0.2.7', '192.0.2.8', '192.0.2.9']);
    assert.equal(documentationAddresses('203.0.113').length, 254);
  });

  it('call with a heavy tail: the busiest tenth makes more than a third of the calls', () => {
    const random = seededRandom(1);
    const pool = clientPool(random, shape);
    const calls = new Map<string, number>();
    for (let call = 0; call < 50_000; call++) {
      const { address } = pickClient(random, pool);
      calls.set(address, (calls.get(address) ?? 0) + 1);
    }
    const busiest = [...calls.values()].sort((a, b) => b - a).slice(0, 100);
    const share = busiest.reduce((total, count) => total + count, 0) / 50_000;
    assert.ok(share > 1 / 3 && share < 0.9, `share ${share}`);
    assert.ok(calls.size > 950, `${calls.size} of 1000 clients called`);
  });

  it('are all different when several are picked', () => {
    const random = seededRandom(1);
    const picked = pickClients(random, clientPool(random, shape), 400);
    assert.equal(new Set(picked.map(({ address }) => address)).size, 400);
  });

  it('are refused when more different ones are wanted than a pool reasonably has', () => {
    const random = seededRandom(1);
    assert.throws(() => pickClients(random, clientPool(random, shape), 501), {
      code: 'bad-input',
      hint: /larger pool/,
    });
  });
});

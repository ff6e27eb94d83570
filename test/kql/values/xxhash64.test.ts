import assert from 'node:assert/strict';
import { xxHash64 } from '../../../src/kql/values/xxhash64.ts';

const hashOf = (text: string): string => xxHash64(new TextEncoder().encode(text)).toString(16).padStart(16, '0');

describe('xxHash64', () => {
  it('gives the published values, for every path through its blocks', () => {
    assert.deepEqual(['', 'a', 'abc', 'Call me Ishmael. Some years ago--never mind how long precisely-'].map(hashOf), [
      'ef46db3751d8e999',
      'd24ec4f1a98c6e5b',
      '44bc2cf5ad770999',
      '02a2e85470d6fd96',
    ]);
  });

  it('gives the values of the documentation of hash()', () => {
    assert.equal(BigInt.asIntN(64, xxHash64(new TextEncoder().encode('World'))), 1846988464401551951n);
    assert.equal(BigInt.asIntN(64, xxHash64(new TextEncoder().encode('Hello'))), 753694413698530628n);
  });

  it('depends on the seed', () => {
    assert.notEqual(xxHash64(Uint8Array.of(1), 0n), xxHash64(Uint8Array.of(1), 1n));
  });
});

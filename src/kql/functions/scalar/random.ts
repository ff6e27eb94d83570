import type { QueryContext } from '../../query-context.ts';
import { guidFromBytes } from '../../values/guid.ts';
import { xxHash64 } from '../../values/xxhash64.ts';
import type { ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

const TWO_TO_53 = 9_007_199_254_740_992;

/**
 * Random bits that are a function of the query's clock: the same run of the same query gives the same numbers, so that
 * a replay can be repeated. Each call in the query draws from a sequence of its own.
 */
class RandomBits {
  private readonly seed: bigint;
  private drawn = 0n;

  constructor(seed: bigint) {
    this.seed = seed;
  }

  next(): bigint {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(this.drawn++);
    return xxHash64(bytes, this.seed);
  }

  /** From 0 up to but not including 1. */
  nextReal(): number {
    return Number(this.next() >> 11n) / TWO_TO_53;
  }
}

const callsOf = new WeakMap<QueryContext, bigint>();

function randomBits(context: QueryContext): RandomBits {
  const call = (callsOf.get(context) ?? 0n) + 1n;
  callsOf.set(context, call);
  return new RandomBits(BigInt.asUintN(64, context.nowTicks * 1_000_003n + call));
}

function newGuid(bits: RandomBits): string | null {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(bits.next(), 0);
  bytes.writeBigUInt64LE(bits.next(), 8);
  // Version 4, variant 1 (RFC 9562, section 5.4); the version's field is little-endian here.
  bytes[7] = ((bytes[7] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return guidFromBytes(bytes);
}

export const randomFunctions: readonly ScalarFunction[] = [
  singleOverload(
    {
      name: 'rand',
      signature: 'rand([N: long]): real',
      summary: 'A random number from 0 up to 1, or a whole one from 0 up to N.',
    },
    ['long'],
    'real',
    {
      optional: 1,
      volatile: true,
      prepare: (context) => {
        const bits = randomBits(context);
        return (limit?: bigint) =>
          limit === undefined ? bits.nextReal() : Math.floor(bits.nextReal() * Number(limit));
      },
    },
  ),
  singleOverload({ name: 'new_guid', signature: 'new_guid(): guid', summary: 'A random guid.' }, [], 'guid', {
    volatile: true,
    prepare: (context) => {
      const bits = randomBits(context);
      return () => newGuid(bits);
    },
  }),
];

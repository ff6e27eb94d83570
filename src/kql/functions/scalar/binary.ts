import { wrapLong } from '../../values/int64.ts';
import type { ScalarFunction } from '../scalar-function.ts';

const binary = (name: string, summary: string, compute: (a: bigint, b: bigint) => bigint): ScalarFunction => ({
  name,
  signature: `${name}(value1: long, value2: long): long`,
  summary,
  page: `${name.replaceAll('_', '-')}-function`,
  overloads: [
    { parameters: ['long', 'long'], returns: 'long', evaluate: (a: bigint, b: bigint) => wrapLong(compute(a, b)) },
  ],
});

/** The bits set in the 64-bit two's complement. */
function countOnes(value: bigint): bigint {
  let count = 0n;
  for (let rest = BigInt.asUintN(64, value); rest > 0n; rest &= rest - 1n) count++;
  return count;
}

export const binaryFunctions: readonly ScalarFunction[] = [
  binary('binary_and', 'The bits that both numbers have.', (a, b) => a & b),
  binary('binary_or', 'The bits that one number has or both have.', (a, b) => a | b),
  binary('binary_xor', 'The bits that one number has and the other has not.', (a, b) => a ^ b),
  binary('binary_shift_left', 'The bits moved left by a number of places, modulo 64.', (a, b) => a << (b & 63n)),
  binary('binary_shift_right', 'The bits moved right by a number of places, modulo 64.', (a, b) => a >> (b & 63n)),
  {
    name: 'binary_not',
    signature: 'binary_not(value: long): long',
    summary: 'The bits that a number has not.',
    page: 'binary-not-function',
    overloads: [{ parameters: ['long'], returns: 'long', evaluate: (a: bigint) => ~a }],
  },
  {
    name: 'bitset_count_ones',
    signature: 'bitset_count_ones(value: long): long',
    summary: 'How many bits a number has.',
    page: 'bitset-count-ones-function',
    overloads: [{ parameters: ['long'], returns: 'long', evaluate: countOnes }],
  },
];

import { createHash } from 'node:crypto';
import { formatValue } from '../../values/convert.ts';
import { guidBytes } from '../../values/guid.ts';
import type { ColumnType, Value } from '../../values/value.ts';
import { xxHash64 } from '../../values/xxhash64.ts';
import type { Evaluate, ScalarFunction } from '../scalar-function.ts';
import { singleOverload } from '../single-overload.ts';

/** What hash() reads of a value: the UTF-8 of a text, the little-endian form of everything of fixed width. */
function hashedBytes(value: Value, type: ColumnType): Uint8Array {
  switch (type) {
    case 'long':
    case 'datetime':
    case 'timespan': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(value as bigint);
      return bytes;
    }
    case 'real': {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(value as number);
      return bytes;
    }
    case 'int': {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(value as number);
      return bytes;
    }
    case 'bool':
      return Uint8Array.of(value === true ? 1 : 0);
    case 'guid':
      return guidBytes(value as string);
    default:
      return Buffer.from(formatValue(value, type));
  }
}

const unsignedHash = (value: Value, type: ColumnType): bigint => xxHash64(hashedBytes(value, type));

function reduceHash(hash: bigint, modulus: bigint | undefined): bigint | null {
  if (modulus === undefined) return BigInt.asIntN(64, hash);
  return modulus > 0n ? hash % modulus : null;
}

/** A digest of the value as tostring() writes it, in hexadecimal. */
const digester =
  (algorithm: string, type: ColumnType): Evaluate =>
  (value: Value) =>
    createHash(algorithm).update(formatValue(value, type)).digest('hex');

/**
 * The service does not say how it combines hashes, and asks that the result be used within one query only. This is the
 * combination that is usual in C++ (Boost's hash_combine) in 64 bits.
 */
function combineHashes(hashes: readonly bigint[]): bigint {
  let seed = 0n;
  for (const hash of hashes) {
    const unsigned = BigInt.asUintN(64, hash);
    seed ^= BigInt.asUintN(64, unsigned + 0x9e3779b97f4a7c15n + (seed << 6n) + (seed >> 2n));
  }
  return BigInt.asIntN(64, seed);
}

function digest(name: string, algorithm: string, title: string): ScalarFunction {
  return singleOverload(
    { name, signature: `${name}(source): string`, summary: `The ${title} hash of a value, in hexadecimal.` },
    ['any'],
    'string',
    { prepare: (_context, _constants, types) => digester(algorithm, types[0] as ColumnType) },
  );
}

function numericHash(name: string): ScalarFunction {
  return singleOverload(
    {
      name,
      signature: `${name}(source [, mod: long]): long`,
      summary: 'The xxHash64 of a value, reduced to the range from 0 where a modulus is given.',
    },
    ['any', 'long'],
    'long',
    {
      optional: 1,
      prepare: (_context, _constants, types) => (value: Value, modulus?: bigint) =>
        reduceHash(unsignedHash(value, types[0] as ColumnType), modulus),
    },
  );
}

export const hashes: readonly ScalarFunction[] = [
  numericHash('hash'),
  numericHash('hash_xxhash64'),
  digest('hash_md5', 'md5', 'MD5'),
  digest('hash_sha1', 'sha1', 'SHA-1'),
  digest('hash_sha256', 'sha256', 'SHA-256'),
  singleOverload(
    {
      name: 'hash_combine',
      signature: 'hash_combine(hash1: long, hash2: long, …): long',
      summary: 'One hash of several; the number is this engine’s own.',
    },
    ['long'],
    'long',
    { rest: 'long', evaluate: (...values: bigint[]) => combineHashes(values) },
  ),
  singleOverload(
    {
      name: 'hash_many',
      signature: 'hash_many(value1, value2, …): long',
      summary: 'One hash of several values; the number is this engine’s own.',
    },
    ['any'],
    'long',
    {
      rest: 'any',
      prepare:
        (_context, _constants, types) =>
        (...values: Value[]) =>
          combineHashes(values.map((value, index) => unsignedHash(value, types[index] as ColumnType))),
    },
  ),
];

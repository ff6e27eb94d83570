import { GeneratorError } from './generator-error.ts';

/** Four words of 32 bits, not all zero. */
export type RandomState = readonly [number, number, number, number];

const largestSeed = 0xffff_ffff;

/**
 * A stream of pseudo-random numbers: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled Linear Pseudorandom Number
 * Generators", ACM Transactions on Mathematical Software 47(4), 2021), 128 bits of state, 32 bits a draw.
 *
 * A stream is known by its path (`42/couriers/…`) and `fork` opens another one below it without drawing from this one.
 * A part of the traffic that draws from a fork of its own can be added or removed, and everything else stays the same
 * to the byte.
 */
export class Random {
  readonly #path: string;
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** `state` is for checks against published sequences; a path has a start state of its own. */
  constructor(path: string, state: RandomState = stateOf(path)) {
    this.#path = path;
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  fork(name: string | number): Random {
    return new Random(`${this.#path}/${name}`);
  }

  /** 32 random bits as a whole number from 0 to 4294967295. */
  bits(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return result;
  }

  /** A number from 0 (inclusive) to 1 (exclusive) in steps of 2^-32. */
  unit(): number {
    return this.bits() / 0x1_0000_0000;
  }

  /** A whole number from 0 to `bound` - 1. The bias of scaling is below bound / 2^32, far under what logs can show. */
  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) {
      throw new GeneratorError('bad-input', 'nothing to pick from', 'Give at least one choice.');
    }
    return choices[this.below(choices.length)] as T;
  }
}

/** @throws GeneratorError `bad-seed` for anything but a whole number of 32 bits. */
export function seededRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > largestSeed) {
    throw new GeneratorError('bad-seed', `${seed} is no seed`, `Use a whole number from 0 to ${largestSeed}.`);
  }
  return new Random(String(seed));
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/**
 * The start state of a path: FNV-1a (Fowler, Noll, Vo) over its UTF-16 code units, then four words of the finaliser of
 * MurmurHash3 (Appleby) at steps of the golden ratio, so that neighbouring paths share nothing. Never all zero, which
 * would be xoshiro's one fixed point.
 */
function stateOf(path: string): RandomState {
  let hash = 0x811c9dc5;
  for (let index = 0; index < path.length; index++) {
    hash = Math.imul(hash ^ path.charCodeAt(index), 0x01000193);
  }
  const word = (step: number): number => finalise((hash + Math.imul(step, 0x9e3779b9)) | 0);
  return [word(1), word(2), word(3), word(4) | 1];
}

function finalise(input: number): number {
  let mixed = input;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

import { rowNumbers } from '../columns/row-numbers.ts';
import type { SortKey } from '../plan/plan.ts';

/** A number a row, none of them NaN. */
export type Numbers = Uint8Array | Int32Array | Float64Array;

/** Below this many rows comparing them is faster than distributing them. */
const FEW_ROWS = 4096;

/** The rows in the order of their numbers; rows that are equal keep their order. */
export function orderByNumber(rows: Int32Array, numbers: Numbers, direction: SortKey['direction']): Int32Array {
  if (isOrdered(rows, numbers, direction)) return rows;
  const places = rows.length < FEW_ROWS ? compared(rows, numbers, direction) : distributed(rows, numbers, direction);
  for (let at = 0; at < places.length; at++) places[at] = rows[places[at] as number] as number;
  return places;
}

function isOrdered(rows: Int32Array, numbers: Numbers, direction: SortKey['direction']): boolean {
  for (let at = 1; at < rows.length; at++) {
    const before = numbers[rows[at - 1] as number] as number;
    const number = numbers[rows[at] as number] as number;
    if (direction === 'asc' ? before > number : before < number) return false;
  }
  return true;
}

/** The places of `rows` in their new order. */
function compared(rows: Int32Array, numbers: Numbers, direction: SortKey['direction']): Int32Array {
  const own = Float64Array.from(rows, (row) => numbers[row] as number);
  const sign = direction === 'asc' ? 1 : -1;
  // Not a difference of the numbers: infinities would give NaN.
  return rowNumbers(rows.length).sort((a, b) => {
    const x = own[a] as number;
    const y = own[b] as number;
    return x < y ? -sign : x > y ? sign : a - b;
  });
}

const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;

/**
 * Distributes the rows by the digits of their numbers, the lowest first (Knuth, The Art of Computer Programming 3,
 * 5.2.5); digits that all rows share cost one look.
 */
function distributed(rows: Int32Array, numbers: Numbers, direction: SortKey['direction']): Int32Array {
  const words =
    numbers instanceof Float64Array ? lowAndHighWords(rows, numbers, direction) : [intWords(rows, numbers, direction)];
  let places: Int32Array = rowNumbers(rows.length);
  let target: Int32Array = new Int32Array(rows.length);
  for (const word of words) {
    for (const shift of [0, DIGIT_BITS]) {
      if (!distributeDigit(places, target, word, shift)) continue;
      [places, target] = [target, places];
    }
  }
  return places;
}

/** One pass; false where all rows have the same digit. */
function distributeDigit(places: Int32Array, target: Int32Array, words: Uint32Array, shift: number): boolean {
  const next = new Int32Array(DIGITS);
  for (let at = 0; at < words.length; at++) (next[((words[at] as number) >>> shift) & (DIGITS - 1)] as number)++;
  if (next[((words[0] as number) >>> shift) & (DIGITS - 1)] === places.length) return false;
  let start = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = next[digit] as number;
    next[digit] = start;
    start += count;
  }
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number;
    const digit = ((words[place] as number) >>> shift) & (DIGITS - 1);
    target[(next[digit] as number)++] = place;
  }
  return true;
}

/** The ints as words whose order as unsigned integers is the order asked for. */
function intWords(rows: Int32Array, ints: Uint8Array | Int32Array, direction: SortKey['direction']): Uint32Array {
  const flip = direction === 'asc' ? 0x80000000 : 0x7fffffff;
  const words = new Uint32Array(rows.length);
  for (let at = 0; at < words.length; at++) words[at] = (ints[rows[at] as number] as number) ^ flip;
  return words;
}

/**
 * The doubles as two words each, the low ones and the high ones, whose order as unsigned integers is the order asked for:
 * the bits of an IEEE 754 number are ordered like the number once those of a negative one, or else its sign, are flipped.
 */
function lowAndHighWords(
  rows: Int32Array,
  doubles: Float64Array,
  direction: SortKey['direction'],
): readonly [Uint32Array, Uint32Array] {
  const own = new Float64Array(rows.length);
  // Adding zero makes a negative zero a positive one: they are equal.
  for (let at = 0; at < rows.length; at++) own[at] = (doubles[rows[at] as number] as number) + 0;
  const pairs = new Uint32Array(own.buffer);
  const [low, high] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  const flip = direction === 'asc' ? 0 : -1;
  for (let at = 0; at < rows.length; at++) {
    const word = pairs[2 * at + 1] as number;
    const isNegative = word >>> 31 === 1;
    low[at] = (isNegative ? ~(pairs[2 * at] as number) : (pairs[2 * at] as number)) ^ flip;
    high[at] = (isNegative ? ~word : word ^ 0x80000000) ^ flip;
  }
  return [low, high];
}

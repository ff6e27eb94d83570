/**
 * Writes the number of each row's code from row `from` on, and stops at the first code whose number is negative: at that
 * row, or at the end. What is done about such a code belongs in the caller: the compiler makes the most of a loop that
 * has no other loop inside, and lifts its checks out of four rows at a time.
 */
export function translate(numbers: Int32Array, codes: Int32Array, target: Int32Array, from: number): number {
  let row = from;
  for (const last = codes.length - 3; row < last; row += 4) {
    const a = numbers[codes[row] as number] as number;
    const b = numbers[codes[row + 1] as number] as number;
    const c = numbers[codes[row + 2] as number] as number;
    const d = numbers[codes[row + 3] as number] as number;
    if ((a | b | c | d) < 0) break;
    target[row] = a;
    target[row + 1] = b;
    target[row + 2] = c;
    target[row + 3] = d;
  }
  for (; row < codes.length; row++) {
    const number = numbers[codes[row] as number] as number;
    if (number < 0) return row;
    target[row] = number;
  }
  return row;
}

/** 0, 1, 2, … up to but not including `count`. */
export function rowNumbers(count: number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(count);
  for (let row = 0; row < count; row++) numbers[row] = row;
  return numbers;
}

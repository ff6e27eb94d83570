import type { Cell } from './cell.ts';

const ZERO = 48;
const MINUS = 45;

/** A whole number of up to 15 digits, which a double holds exactly; NaN for every other text. */
export function parseWhole({ text, start, end }: Cell): number {
  const negative = text.charCodeAt(start) === MINUS;
  const from = negative ? start + 1 : start;
  if (from === end || end - from > 15) return Number.NaN;
  let value = 0;
  for (let at = from; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

/** `12` of `12.0`: a whole number written with a fraction of nothing is still whole. */
export function wholeText(text: string): string | undefined {
  return /^-?\d+\.0+$/.test(text) ? text.slice(0, text.indexOf('.')) : undefined;
}

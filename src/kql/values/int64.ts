/** The smallest and largest values of KQL's long. */
export const MIN_LONG = -(2n ** 63n);
export const MAX_LONG = 2n ** 63n - 1n;

/** Two's complement to 64 bits: the service's arithmetic wraps silently. */
export const wrapLong = (value: bigint): bigint => BigInt.asIntN(64, value);

/** A real as a long: truncated toward zero; null where it does not fit. */
export function longFromReal(value: number): bigint | null {
  if (!Number.isFinite(value)) return null;
  const whole = BigInt(Math.trunc(value));
  return whole < MIN_LONG || whole > MAX_LONG ? null : whole;
}

/** Integer division that rounds toward minus infinity. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor !== 0n && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

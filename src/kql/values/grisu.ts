/**
 * The digits of a double as the service writes them. It uses Grisu2 (Florian Loitsch, "Printing Floating-Point Numbers
 * Quickly and Accurately with Integers", PLDI 2010), whose digits always read back as the same double but, after more
 * than eight fraction digits, are not rounded towards it: 0.1 + 0.2 is written 0.30000000000000007.
 */
export type DecimalDigits = { readonly digits: string; readonly exponent: number };

/** significand × 2^exponent; significand below 2^64 */
type DiyFloat = { readonly f: bigint; readonly e: number };

const HIDDEN_BIT = 1n << 52n;
const MASK64 = (1n << 64n) - 1n;
const view = new DataView(new ArrayBuffer(8));

/** A positive finite double: value = digits × 10^exponent. */
export function shortDigits(value: number): DecimalDigits {
  const v = decompose(value);
  const upper = normalize({ f: (v.f << 1n) + 1n, e: v.e - 1 });
  const isPower = v.f === HIDDEN_BIT;
  const below = isPower ? { f: (v.f << 2n) - 1n, e: v.e - 2 } : { f: (v.f << 1n) - 1n, e: v.e - 1 };
  const lower: DiyFloat = { f: below.f << BigInt(below.e - upper.e), e: upper.e };
  const power = cachedPower(upper.e);
  const scaled = multiply(normalize(v), power.float);
  const scaledUpper = multiply(upper, power.float);
  const scaledLower = multiply(lower, power.float);
  const high = { f: scaledUpper.f - 1n, e: scaledUpper.e };
  return generateDigits(scaled, high, high.f - (scaledLower.f + 1n), power.exponent);
}

function decompose(value: number): DiyFloat {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & (HIDDEN_BIT - 1n);
  return biased === 0 ? { f: fraction, e: -1074 } : { f: fraction + HIDDEN_BIT, e: biased - 1075 };
}

function normalize({ f, e }: DiyFloat): DiyFloat {
  const shift = 64 - f.toString(2).length;
  return { f: f << BigInt(shift), e: e - shift };
}

/** The upper 64 bits of the product, rounded. */
const multiply = (a: DiyFloat, b: DiyFloat): DiyFloat => ({ f: (a.f * b.f + (1n << 63n)) >> 64n, e: a.e + b.e + 64 });

/** A power of ten that brings the binary exponent near zero, and minus its decimal exponent. */
function cachedPower(e: number): { readonly float: DiyFloat; readonly exponent: number } {
  const estimate = (-61 - e) * 0.30102999566398114 + 347;
  const rounded = Math.trunc(estimate) + (estimate - Math.trunc(estimate) > 0 ? 1 : 0);
  const exponent = -348 + (Math.floor(rounded / 8) + 1) * 8;
  return { float: powerOfTen(exponent), exponent: -exponent };
}

const powers = new Map<number, DiyFloat>();

/** 10^exponent, rounded to 64 bits. */
function powerOfTen(exponent: number): DiyFloat {
  const known = powers.get(exponent);
  if (known !== undefined) return known;
  const size = 10n ** BigInt(Math.abs(exponent));
  const width = size.toString(2).length;
  const precision = 66 + width;
  const quotient = exponent >= 0 ? size << 66n : (1n << BigInt(precision + 64)) / size;
  const scale = exponent >= 0 ? -66 : -(precision + 64);
  const surplus = quotient.toString(2).length - 64;
  const power = { f: (quotient + (1n << BigInt(surplus - 1))) >> BigInt(surplus), e: scale + surplus };
  powers.set(exponent, power);
  return power;
}

const TEN_TO: readonly bigint[] = Array.from({ length: 20 }, (_, index) => 10n ** BigInt(index));
/** Beyond this many fraction digits the service's code does not round. */
const ROUNDED_FRACTION_DIGITS = 9;

function generateDigits(w: DiyFloat, high: DiyFloat, range: bigint, exponent: number): DecimalDigits {
  const shift = BigInt(-high.e);
  const one = 1n << shift;
  const distance = high.f - w.f;
  let whole = high.f >> shift;
  let fraction = high.f & (one - 1n);
  let delta = range;
  let kappa = String(whole).length;
  const digits: number[] = [];
  while (kappa > 0) {
    const unit = TEN_TO[kappa - 1] as bigint;
    const digit = whole / unit;
    whole %= unit;
    if (digit !== 0n || digits.length > 0) digits.push(Number(digit));
    kappa--;
    const rest = (whole << shift) + fraction;
    if (rest <= delta) {
      roundLast(digits, { delta, rest, unit: unit << shift, distance });
      return { digits: digits.join(''), exponent: exponent + kappa };
    }
  }
  for (;;) {
    fraction *= 10n;
    delta *= 10n;
    const digit = fraction >> shift;
    if (digit !== 0n || digits.length > 0) digits.push(Number(digit));
    fraction &= one - 1n;
    kappa--;
    if (fraction < delta) {
      const scaled = -kappa < ROUNDED_FRACTION_DIGITS ? (distance * (TEN_TO[-kappa] as bigint)) & MASK64 : 0n;
      roundLast(digits, { delta, rest: fraction, unit: one, distance: scaled });
      return { digits: digits.join(''), exponent: exponent + kappa };
    }
  }
}

type Rounding = { readonly delta: bigint; readonly rest: bigint; readonly unit: bigint; readonly distance: bigint };

/** Lowers the last digit while that comes closer to the value. */
function roundLast(digits: number[], { delta, rest, unit, distance }: Rounding): void {
  let at = rest;
  while (at < distance && delta - at >= unit && (at + unit < distance || distance - at > at + unit - distance)) {
    digits.push((digits.pop() as number) - 1);
    at += unit;
  }
}

import { Decimal } from 'decimal.js';
import { compareText } from '../values/compare.ts';
import { formatDynamic } from '../values/convert.ts';
import { type DynamicValue, TypedScalar } from '../values/dynamic.ts';
import { formatJson } from '../values/json.ts';

/** Numbers, datetimes and timespans first, then texts, then guids, then everything else. */
function rank(value: DynamicValue): number {
  if (typeof value === 'bigint' || typeof value === 'number') return 0;
  if (value instanceof TypedScalar) return value.type === 'guid' ? 2 : 0;
  return typeof value === 'string' ? 1 : 3;
}

function numberOf(value: DynamicValue): number | bigint {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  const held = (value as TypedScalar).value;
  return held instanceof Decimal ? held.toNumber() : (held as bigint);
}

/** The order in which array_sort_asc() puts two values, neither null. */
export function compareDynamic(a: DynamicValue, b: DynamicValue): number {
  const difference = rank(a) - rank(b);
  if (difference !== 0) return difference;
  if (rank(a) !== 0) return compareText(formatDynamic(a), formatDynamic(b));
  const x = numberOf(a);
  const y = numberOf(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A text under which equal values of sets and arrays meet: 1 and 1.0 are equal, 1 and "1" are not. */
export function dynamicKey(value: DynamicValue): string {
  if (typeof value === 'number' && Number.isInteger(value)) return String(BigInt(value));
  return formatJson(value);
}

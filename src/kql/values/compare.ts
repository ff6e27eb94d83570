import type { Decimal } from 'decimal.js';
import { formatDynamic } from './convert.ts';
import type { DynamicValue } from './dynamic.ts';
import type { ColumnType, Value } from './value.ts';

/** The order of two values of one type, neither null: negative, zero or positive. Strings compare by code point. */
export function compareValues(a: Value, b: Value, type: ColumnType): number {
  switch (type) {
    case 'int':
    case 'real':
      return compareReals(a as number, b as number);
    case 'bool':
      return Number(a) - Number(b);
    case 'long':
    case 'datetime':
    case 'timespan':
      return (a as bigint) < (b as bigint) ? -1 : (a as bigint) > (b as bigint) ? 1 : 0;
    case 'decimal':
      return (a as Decimal).comparedTo(b as Decimal);
    case 'string':
    case 'guid':
      return compareText(a as string, b as string);
    case 'dynamic':
      return compareText(formatDynamic(a as DynamicValue), formatDynamic(b as DynamicValue));
    default:
      return type satisfies never;
  }
}

const compareReals = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Ordinal order of the UTF-8 forms, which is the order of code points (UTF-16's own order differs beyond the BMP). */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for the highest code points: move them above the rest of the BMP.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

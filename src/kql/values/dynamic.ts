import type { Decimal } from 'decimal.js';

/**
 * A value of type dynamic. Whole numbers that JSON writes without fraction or exponent are `bigint` (KQL long), all
 * other numbers are `number` (KQL real): so 1 and 1.0 stay different, as they are in the service.
 * A property bag is a Map, because its order counts and its keys come from logs (no prototype to pollute).
 */
export type DynamicValue = boolean | bigint | number | string | DynamicArray | PropertyBag | TypedScalar | null;

export type DynamicArray = readonly DynamicValue[];
export type PropertyBag = ReadonlyMap<string, DynamicValue>;

/** The scalars that JSON has no form for but a dynamic may hold until it is written as text. */
export class TypedScalar {
  readonly type: 'datetime' | 'timespan' | 'guid' | 'decimal';
  readonly value: bigint | string | Decimal;

  constructor(type: 'datetime' | 'timespan' | 'guid' | 'decimal', value: bigint | string | Decimal) {
    this.type = type;
    this.value = value;
  }
}

export const isArray = (value: unknown): value is DynamicArray => Array.isArray(value);
export const isBag = (value: unknown): value is PropertyBag => value instanceof Map;

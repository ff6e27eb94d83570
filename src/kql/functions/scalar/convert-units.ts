import type { ScalarFunction } from '../scalar-function.ts';
import { type Unit, unitTables } from '../unit-tables.ts';

function convert(units: ReadonlyMap<string, Unit>) {
  return (value: number, from: string, to: string): number | null => {
    const [source, target] = [units.get(from), units.get(to)];
    if (source === undefined || target === undefined) return null;
    if (source === target) return value;
    const base = ((value + source.offset) * source.factor) / source.divisor;
    return (base * target.divisor) / target.factor - target.offset;
  };
}

export const unitConversions: readonly ScalarFunction[] = unitTables.map(([quantity, units]) => ({
  name: `convert_${quantity}`,
  signature: `convert_${quantity}(value: real, from: string, to: string): real`,
  summary: `A ${quantity} in another unit; null where a unit is unknown.`,
  page: `convert-${quantity}-function`,
  overloads: [{ parameters: ['real', 'string', 'string'], returns: 'real', evaluate: convert(units) }],
}));

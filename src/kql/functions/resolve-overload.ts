import { type ColumnType, isNumericType, type Value } from '../values/value.ts';
import type { ParameterType, ScalarFunction, ScalarOverload } from './scalar-function.ts';

/**
 * What it costs to hand an argument of type `from` to a parameter; undefined where it does not fit. The cheapest
 * overload wins, as in the binder: exact, then a wider whole number, then real, then decimal, then text of a dynamic.
 */
export function conversionCost(from: ColumnType, to: ParameterType): number | undefined {
  if (from === to) return 0;
  if (to === 'any') return 8;
  if (to === 'number') return isNumericType(from) ? 1 : undefined;
  if (from === 'dynamic') return 20;
  // Functions of text take any scalar and read it as tostring() writes it; the binder has seen to the others.
  if (to === 'string' && from !== 'guid') return 40;
  const widening: Partial<Record<ColumnType, readonly ColumnType[]>> = {
    int: ['long', 'real', 'decimal'],
    long: ['real', 'decimal', 'int'],
    real: ['decimal', 'long', 'int'],
    decimal: ['real', 'long', 'int'],
    guid: ['string'],
  };
  const step = widening[from]?.indexOf(to) ?? -1;
  if (step >= 0) return 1 + step * 2 + ((from === 'real' && to !== 'decimal') || from === 'decimal' ? 10 : 0);
  return to === 'dynamic' ? 30 : undefined;
}

/** The parameter type of argument `index`, or undefined where the overload takes no argument there. */
export const parameterAt = (
  signature: Pick<ScalarOverload, 'parameters' | 'rest'>,
  index: number,
): ParameterType | undefined => signature.parameters[index] ?? signature.rest;

/** The overload that fits the argument types best, or undefined where none does. */
export function resolveOverload(fn: ScalarFunction, types: readonly ColumnType[]): ScalarOverload | undefined {
  let best: { overload: ScalarOverload; cost: number } | undefined;
  for (const overload of fn.overloads) {
    const cost = callCost(overload, types);
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { overload, cost };
  }
  return best?.overload;
}

function callCost(overload: ScalarOverload, types: readonly ColumnType[]): number | undefined {
  const required = overload.parameters.length - (overload.optional ?? 0);
  if (types.length < required) return undefined;
  let total = 0;
  for (const [index, type] of types.entries()) {
    const parameter = parameterAt(overload, index);
    const cost = parameter === undefined ? undefined : conversionCost(type, parameter);
    if (cost === undefined) return undefined;
    total += cost;
  }
  return total;
}

export function returnType(
  overload: ScalarOverload,
  types: readonly ColumnType[],
  constants: readonly (Value | undefined)[],
): ColumnType {
  return typeof overload.returns === 'function' ? overload.returns(types, constants) : overload.returns;
}

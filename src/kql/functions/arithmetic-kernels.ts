import type { Column, Int64Type } from '../columns/column.ts';
import { eitherNull, type NumberSource, numberSource } from './number-source.ts';
import type { Kernel } from './scalar-function.ts';

export type Loop = (left: NumberSource, right: NumberSource, out: Float64Array) => void;

// One loop an operator, so that each stays a plain loop over doubles.
export const addLoop: Loop = ({ data: a, mask: am }, { data: b, mask: bm }, out) => {
  for (let i = 0; i < out.length; i++) out[i] = (a[i & am] as number) + (b[i & bm] as number);
};
export const subtractLoop: Loop = ({ data: a, mask: am }, { data: b, mask: bm }, out) => {
  for (let i = 0; i < out.length; i++) out[i] = (a[i & am] as number) - (b[i & bm] as number);
};
export const multiplyLoop: Loop = ({ data: a, mask: am }, { data: b, mask: bm }, out) => {
  for (let i = 0; i < out.length; i++) out[i] = (a[i & am] as number) * (b[i & bm] as number);
};
export const divideLoop: Loop = ({ data: a, mask: am }, { data: b, mask: bm }, out) => {
  for (let i = 0; i < out.length; i++) out[i] = (a[i & am] as number) / (b[i & bm] as number);
};

/** The loop over doubles for a real or a narrow 64-bit result; undefined where a whole number would leave the safe range. */
export function numberKernel(type: 'real' | Int64Type, loop: Loop): Kernel {
  return ([left, right], rowCount, _context, room): Column | undefined => {
    if (left === undefined || right === undefined || (left.kind === 'constant' && right.kind === 'constant'))
      return undefined;
    const a = numberSource(left);
    const b = numberSource(right);
    if (a === undefined || b === undefined) return undefined;
    const data = room.doubles(rowCount);
    loop(a, b, data);
    const nulls = eitherNull(a.nulls, b.nulls);
    if (type === 'real') return { kind: 'real', type, length: rowCount, data, nulls };
    return settleWhole(data) ? { kind: 'int64', type, length: rowCount, data, nulls } : undefined;
  };
}

/** Whether all results are exact whole numbers; the doubles' negative zero becomes the only zero that whole numbers have. */
function settleWhole(data: Float64Array): boolean {
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return false;
    data[i] = value + 0;
  }
  return true;
}

/** Whole numbers by a constant other than zero, which has its own rule. */
function byConstantKernel(compute: (value: number, divisor: number) => number): Kernel {
  return ([left, right], rowCount, _context, room): Column | undefined => {
    if (left === undefined || left.kind === 'constant' || right?.kind !== 'constant') return undefined;
    const values = numberSource(left);
    const divisor = numberSource(right)?.data[0];
    if (values === undefined || divisor === undefined || divisor === 0) return undefined;
    const data = room.doubles(rowCount);
    for (let i = 0; i < rowCount; i++) data[i] = compute(values.data[i] as number, divisor) + 0;
    return { kind: 'int64', type: 'long', length: rowCount, data, nulls: values.nulls };
  };
}

/** The remainder is never negative, whatever the signs: -5 % 3 is 1. */
export function moduloReal(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest < 0 ? rest + Math.abs(divisor) : rest;
}

/** The quotient of two safe integers, rounded to a double and then truncated, is exact. */
export const divideWholeKernel: Kernel = byConstantKernel((value, divisor) => Math.trunc(value / divisor));
export const moduloWholeKernel: Kernel = byConstantKernel(moduloReal);

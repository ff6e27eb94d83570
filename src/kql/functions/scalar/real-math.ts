import type { Column } from '../../columns/column.ts';
import { numberSource } from '../number-source.ts';
import type { Kernel, ScalarFunction } from '../scalar-function.ts';

/** A function of one real as a loop over doubles. */
export function realKernel(compute: (value: number) => number): Kernel {
  return ([values], rowCount): Column | undefined => {
    const source = values === undefined || values.kind === 'constant' ? undefined : numberSource(values);
    if (source === undefined) return undefined;
    const data = new Float64Array(rowCount);
    for (let i = 0; i < rowCount; i++) data[i] = compute(source.data[i] as number);
    return { kind: 'real', type: 'real', length: rowCount, data, nulls: source.nulls };
  };
}

/** A function of one real that gives a real; outside its domain the result is NaN. */
export const realFunction = (
  name: string,
  summary: string,
  compute: (value: number) => number,
  page = `${name}-function`,
): ScalarFunction => ({
  name,
  signature: `${name}(number: real): real`,
  summary,
  page,
  overloads: [{ parameters: ['real'], returns: 'real', evaluate: compute, kernel: realKernel(compute) }],
});

const realTest = (name: string, summary: string, test: (value: number) => boolean): ScalarFunction => ({
  name,
  signature: `${name}(number: real): bool`,
  summary,
  page: `${name}-function`,
  overloads: [{ parameters: ['real'], returns: 'bool', evaluate: test }],
});

export const realMath: readonly ScalarFunction[] = [
  realFunction('sqrt', 'The square root.', Math.sqrt),
  realFunction('exp', 'e to the power of a number.', Math.exp),
  realFunction('exp2', '2 to the power of a number.', (value) => 2 ** value),
  realFunction('exp10', '10 to the power of a number.', (value) => 10 ** value, 'exp10-function'),
  realFunction('log', 'The natural logarithm.', Math.log),
  realFunction('log2', 'The logarithm to base 2.', Math.log2),
  realFunction('log10', 'The logarithm to base 10.', Math.log10),
  {
    name: 'pow',
    signature: 'pow(base: real, exponent: real): real',
    summary: 'A number to the power of another.',
    page: 'pow-function',
    overloads: [{ parameters: ['real', 'real'], returns: 'real', evaluate: (a: number, b: number) => a ** b }],
  },
  realTest('isnan', 'Whether a real is not a number.', Number.isNaN),
  realTest('isinf', 'Whether a real is infinite.', (value) => value === Infinity || value === -Infinity),
  realTest('isfinite', 'Whether a real is neither infinite nor NaN.', Number.isFinite),
];

import type { Decimal } from 'decimal.js';
import type { Int64Type } from '../../columns/column.ts';
import { KqlError } from '../../kql-error.ts';
import { datetimeOrNull } from '../../values/datetime.ts';
import { floorDivide, longFromReal, wrapLong } from '../../values/int64.ts';
import type { ColumnType } from '../../values/value.ts';
import {
  addLoop,
  divideLoop,
  divideWholeKernel,
  type Loop,
  moduloReal,
  moduloWholeKernel,
  multiplyLoop,
  numberKernel,
  subtractLoop,
} from '../arithmetic-kernels.ts';
import type { Kernel, ParameterType, ScalarFunction, ScalarOverload } from '../scalar-function.ts';

type Operands = {
  readonly long: (a: bigint, b: bigint) => bigint | null;
  readonly real: (a: number, b: number) => number;
  readonly decimal: (a: Decimal, b: Decimal) => Decimal | null;
};

type Kernels = { readonly long: Kernel; readonly real?: Kernel };

const kernelsOf = (loop: Loop): Kernels => ({ long: numberKernel('long', loop), real: numberKernel('real', loop) });

/** The service computes with a dynamic only beside an operand of a known type. */
function refuseDynamic(): never {
  throw new KqlError('binding', 'arithmetic does not take dynamic values alone', {
    hint: 'convert one: tolong(x), todouble(x), totimespan(x)',
  });
}

/** long, real and decimal forms of one operator; int with int gives long, as everywhere in KQL. */
const numericOverloads = (code: Operands, kernels: Kernels): readonly ScalarOverload[] => [
  { parameters: ['long', 'long'], returns: 'long', evaluate: code.long, kernel: kernels.long, takesAnyNumber: true },
  {
    parameters: ['real', 'real'],
    returns: 'real',
    evaluate: code.real,
    ...(kernels.real === undefined ? {} : { kernel: kernels.real, takesAnyNumber: true }),
  },
  { parameters: ['decimal', 'decimal'], returns: 'decimal', evaluate: code.decimal },
  { parameters: ['dynamic', 'dynamic'], returns: refuseDynamic },
];

function ticksOverload(
  parameters: readonly ParameterType[],
  returns: ColumnType & Int64Type,
  evaluate: (a: bigint, b: bigint) => bigint | null,
  loop: Loop,
): ScalarOverload {
  return { parameters, returns, evaluate, kernel: numberKernel(returns, loop) };
}

const page = 'numerical-operators';
const add = (a: bigint, b: bigint): bigint => wrapLong(a + b);
const subtract = (a: bigint, b: bigint): bigint => wrapLong(a - b);
const multiply = (a: bigint, b: bigint): bigint => wrapLong(a * b);
const divide = (a: bigint, b: bigint): bigint | null => (b === 0n ? null : wrapLong(a / b));
/** A datetime outside years 1 to 9999 is null. */
const addToDatetime = (a: bigint, b: bigint): bigint | null => datetimeOrNull(a + b);
const subtractFromDatetime = (a: bigint, b: bigint): bigint | null => datetimeOrNull(a - b);
const scale = (span: bigint, factor: number): bigint | null => longFromReal(Number(span) * factor);

function modulo(a: bigint, b: bigint): bigint | null {
  if (b === 0n) return null;
  const size = b < 0n ? -b : b;
  return a - size * floorDivide(a, size);
}

// Of overloads that fit a dynamic equally well the first is taken: a timespan beside a timespan, a datetime less a datetime.
export const arithmetic: readonly ScalarFunction[] = [
  {
    name: '+',
    signature: 'left + right',
    summary: 'Adds numbers, timespans, or a timespan to a datetime; whole numbers wrap at 64 bits.',
    page,
    overloads: [
      ...numericOverloads({ long: add, real: (a, b) => a + b, decimal: (a, b) => a.plus(b) }, kernelsOf(addLoop)),
      ticksOverload(['timespan', 'timespan'], 'timespan', add, addLoop),
      ticksOverload(['datetime', 'timespan'], 'datetime', addToDatetime, addLoop),
      ticksOverload(['timespan', 'datetime'], 'datetime', addToDatetime, addLoop),
    ],
  },
  {
    name: '-',
    signature: 'left - right',
    summary: 'Subtracts numbers, timespans, a timespan from a datetime, or a datetime from a datetime.',
    page,
    overloads: [
      ...numericOverloads(
        { long: subtract, real: (a, b) => a - b, decimal: (a, b) => a.minus(b) },
        kernelsOf(subtractLoop),
      ),
      ticksOverload(['timespan', 'timespan'], 'timespan', subtract, subtractLoop),
      ticksOverload(['datetime', 'datetime'], 'timespan', subtract, subtractLoop),
      ticksOverload(['datetime', 'timespan'], 'datetime', subtractFromDatetime, subtractLoop),
    ],
  },
  {
    name: '*',
    signature: 'left * right',
    summary: 'Multiplies numbers, or a timespan by a number.',
    page,
    overloads: [
      ...numericOverloads(
        { long: multiply, real: (a, b) => a * b, decimal: (a, b) => a.times(b) },
        kernelsOf(multiplyLoop),
      ),
      { parameters: ['timespan', 'long'], returns: 'timespan', evaluate: multiply },
      { parameters: ['long', 'timespan'], returns: 'timespan', evaluate: multiply },
      { parameters: ['timespan', 'real'], returns: 'timespan', evaluate: scale },
      { parameters: ['real', 'timespan'], returns: 'timespan', evaluate: (a: number, b: bigint) => scale(b, a) },
    ],
  },
  {
    name: '/',
    signature: 'left / right',
    summary: 'Divides; whole numbers truncate toward zero and give null for a zero divisor.',
    page,
    overloads: [
      ...numericOverloads(
        { long: divide, real: (a, b) => a / b, decimal: (a, b) => (b.isZero() ? null : a.div(b)) },
        { long: divideWholeKernel, real: numberKernel('real', divideLoop) },
      ),
      {
        parameters: ['timespan', 'timespan'],
        returns: 'real',
        evaluate: (a: bigint, b: bigint) => Number(a) / Number(b),
        kernel: numberKernel('real', divideLoop),
      },
      { parameters: ['timespan', 'long'], returns: 'timespan', evaluate: divide },
      {
        parameters: ['timespan', 'real'],
        returns: 'timespan',
        evaluate: (a: bigint, b: number) => longFromReal(Number(a) / b),
      },
    ],
  },
  {
    name: '%',
    signature: 'left % right',
    summary: 'The remainder of a division, never negative; null for a zero divisor of whole numbers.',
    page,
    overloads: [
      ...numericOverloads(
        {
          long: modulo,
          real: moduloReal,
          decimal: (a, b) => (b.isZero() ? null : a.minus(b.abs().times(a.div(b.abs()).floor()))),
        },
        { long: moduloWholeKernel },
      ),
      { parameters: ['timespan', 'timespan'], returns: 'timespan', evaluate: modulo },
      { parameters: ['datetime', 'timespan'], returns: 'timespan', evaluate: modulo },
    ],
  },
  {
    name: 'unary-minus',
    signature: '-value',
    summary: 'Changes the sign of a number or a timespan.',
    page,
    overloads: [
      { parameters: ['long'], returns: 'long', evaluate: (a: bigint) => wrapLong(-a) },
      { parameters: ['real'], returns: 'real', evaluate: (a: number) => -a },
      { parameters: ['decimal'], returns: 'decimal', evaluate: (a: Decimal) => a.negated() },
      { parameters: ['timespan'], returns: 'timespan', evaluate: (a: bigint) => wrapLong(-a) },
      { parameters: ['dynamic'], returns: refuseDynamic },
    ],
  },
  {
    name: 'unary-plus',
    signature: '+value',
    summary: 'The number or timespan itself.',
    page,
    overloads: [
      { parameters: ['long'], returns: 'long', evaluate: (a: bigint) => a },
      { parameters: ['real'], returns: 'real', evaluate: (a: number) => a },
      { parameters: ['decimal'], returns: 'decimal', evaluate: (a: Decimal) => a },
      { parameters: ['timespan'], returns: 'timespan', evaluate: (a: bigint) => a },
      { parameters: ['dynamic'], returns: refuseDynamic },
    ],
  },
];
